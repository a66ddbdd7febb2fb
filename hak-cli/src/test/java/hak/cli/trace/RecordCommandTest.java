package hak.cli.trace;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordCommandTest {
  @TempDir private Path folder;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** What comes after the program is the program's, also what looks like an option of ours. */
  @Test
  void recordsAProgramAndEndsWithItsExitCode() throws IOException {
    Path trace = folder.resolve("sh.hkt.gz");
    Cli.Result result = hak("record", "-o", trace.toString(), "sh", "-c", "exit 7", "--limit");
    assertEquals(7, result.exitCode(), result.err());
    assertTrue(
        result.err().matches("(?s)hak: [\\d,]+ calls, threads: 1, blocks: .*"), result.err());
    assertEquals(List.of(trace), files());
    Cli.Result replayed = hak("run", "--trace", trace.toString(), "--verify");
    assertEquals(0, replayed.exitCode(), replayed.err());
  }

  @Test
  void refusesWhatItCannotDo() throws IOException {
    String trace = folder.resolve("none.hkt.gz").toString();
    assertFails(2, "record", "-o", trace, folder.resolve("none").toString());
    assertFails(2, "record", "--limit", "0", "true");
    assertFails(2, "record");
    assertFails(1, "record", "-o", folder.resolve("a/b").toString(), "true");
    assertEquals(List.of(), files());
  }

  private static void assertFails(int exitCode, String... arguments) {
    Cli.Result result = hak(arguments);
    assertEquals(exitCode, result.exitCode(), result.out());
    assertEquals("hak: ", result.err().substring(0, 5), result.err());
  }
}
