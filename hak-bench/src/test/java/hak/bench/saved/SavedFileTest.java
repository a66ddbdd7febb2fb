package hak.bench.saved;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedFileTest {
  @TempDir private Path folder;

  private static SavedFigure figure(String workload) {
    Provenance from =
        new Provenance(
            "2026-11-26T00:00:00Z", new Machine("p", 2, 1L << 33, "Linux", 0.25), "25", "abc");
    return new SavedFigure(
        from, "peers", "default", workload, 2, "glibc", 2, List.of(1.5, 2.5), List.of(1.0, 1.25));
  }

  @Test
  void whatIsKeptIsReadBackInOrder() throws IOException {
    SavedFile file = SavedFile.named(folder.resolve("a/b.jsonl").toString());
    file.requireWritable();
    assertTrue(Files.notExists(file.file()));
    file.append(List.of(figure("one"), figure("two")));
    file.append(List.of(figure("three")));
    assertEquals(List.of(figure("one"), figure("two"), figure("three")), file.read());
    assertEquals(3, Files.readAllLines(file.file()).size());
  }

  @Test
  void aLineThatIsNoFigureIsNamed() throws IOException {
    SavedFile file = new SavedFile(folder.resolve("b.jsonl"));
    for (String line : List.of("{\"workload\":\"w\"}", "[", "", "12")) {
      Files.deleteIfExists(file.file());
      file.append(List.of(figure("one")));
      Files.writeString(file.file(), line + "\n", StandardOpenOption.APPEND);
      String message = assertThrows(IllegalArgumentException.class, file::read).getMessage();
      assertTrue(message.endsWith("b.jsonl, line 2: not a figure"), message);
    }
  }

  @Test
  void aNameIsAFileOfTheUser() {
    Path file = SavedFile.named("before-1.2").file();
    assertTrue(file.endsWith(Path.of("hak", "results", "before-1.2.jsonl")), file.toString());
    assertThrows(IllegalArgumentException.class, () -> SavedFile.named(".."));
    assertThrows(IllegalArgumentException.class, () -> SavedFile.named("a b"));
  }

  @Test
  void whereItComesFromIsKnown() {
    Provenance here = Provenance.here();
    assertTrue(here.commit().matches("[0-9a-f]{7,40}(-dirty)?|unknown"), here.commit());
    assertTrue(here.date().endsWith("Z"), here.date());
  }
}
