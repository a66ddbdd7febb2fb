package hak.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The profiles among the resources; what they are is tested where all their boxes are. */
class ShippedNamesTest {
  @Test
  void areThoseOfTheResources() throws IOException, URISyntaxException {
    List<String> names = new TomlProfileReader().names();
    Path folder = Path.of(TomlProfileReader.class.getResource("profiles").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()),
          names.stream().map(name -> name + ".toml").collect(Collectors.toSet()));
    }
    assertEquals(names.size(), new TreeSet<>(names).size());
  }
}
