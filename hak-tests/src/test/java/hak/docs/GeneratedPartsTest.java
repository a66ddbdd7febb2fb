package hak.docs;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.spi.BoxProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables in documents that say what the code says. */
class GeneratedPartsTest {
  private static final String UPDATE = "hak.updateDocs";

  private static GeneratedParts parts;

  @BeforeAll
  static void readSources() throws IOException {
    parts = new GeneratedParts(Project.ROOT, Project.sources());
  }

  static List<Path> documents() throws IOException {
    return Project.documents();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void partsAreAsTheyWouldBeMadeNow(Path document) throws IOException {
    String text = Files.readString(document);
    String made = parts.update(document, text);
    if (Boolean.getBoolean(UPDATE)) {
      Files.writeString(document, made);
    } else {
      assertEquals(made, text, () -> "if the change is meant: ./hak test -D" + UPDATE + "=true");
    }
  }

  @Test
  void everyBoxWithOptionsHasATableOnce() throws IOException {
    List<String> tables = new ArrayList<>();
    for (Path document : documents()) {
      GeneratedParts.in(Files.readString(document)).stream()
          .filter(part -> part.startsWith("options "))
          .map(part -> part.substring("options ".length()))
          .forEach(tables::add);
    }
    Collections.sort(tables);

    TreeSet<String> expected =
        parts
            .boxes()
            .filter(box -> !box.options().isEmpty())
            .map(BoxProvider::id)
            .collect(toCollection(TreeSet::new));
    expected.add("stack");
    assertEquals(List.copyOf(expected), tables);
  }
}
