package hak.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The profiles among the resources. */
class ShippedProfilesTest {
  static List<String> names() {
    return Hak.profiles();
  }

  @Test
  void namesAreThoseOfTheResources() throws IOException, URISyntaxException {
    Path folder = Path.of(TomlProfileReader.class.getResource("profiles").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()),
          names().stream().map(name -> name + ".toml").collect(Collectors.toSet()));
    }
    assertEquals(names().size(), new TreeSet<>(names()).size());
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyOneCanBeReadAndSaysItsName(String name) {
    assertEquals(name, Hak.profile(name).name());
  }

  @Test
  void bareIsTheDefaultWithoutCaches() {
    Profile base = Hak.profile("default");
    Profile bare = Hak.profile("bare");
    assertEquals(
        base.withName("bare").with(Section.CACHES, List.of()).with(Section.OBSERVERS, List.of()),
        bare);
    assertEquals(List.of("external-guard"), bare.boxes(Section.GUARDS));
  }

  @Test
  void pow2DiffersFromTheDefaultInTheClassesOfTiny() {
    assertEquals(
        Hak.profile("default").withName("pow2").withSetting("tiny", "classes", "pow2"),
        Hak.profile("pow2"));
    assertEquals("pow2", Hak.profile("pow2").settings("tiny").get("classes"));
  }
}
