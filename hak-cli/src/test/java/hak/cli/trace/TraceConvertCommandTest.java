package hak.cli.trace;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.cli.Cli;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.spi.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceConvertCommandTest {
  @TempDir private Path folder;

  /** As a program does: it opens a stack with the box, and ends. */
  private Path record() {
    Path raw = folder.resolve("calls.raw");
    try (HakAllocator heap =
        Hak.open(
            Hak.profile("default")
                .withMore(Section.OBSERVERS, "recorder")
                .withSetting("recorder", "file", List.of(raw.toString())))) {
      for (int i = 0; i < 1000; i++) {
        heap.free(heap.malloc(i));
      }
    }
    return raw;
  }

  @Test
  void whatAJavaProgramRecordedIsReplayed() {
    Path trace = folder.resolve("calls.hkt.gz");
    Cli.Result result = hak("trace", "convert", record().toString(), trace.toString());
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("hak: 2,000 calls, threads: 1, blocks: 1,000, in " + trace + "\n", result.err());
    Cli.Result replayed = hak("run", "--trace", trace.toString(), "--verify", "--rounds", "1");
    assertEquals(0, replayed.exitCode(), replayed.err());
    assertTrue(replayed.out().contains("trace:calls"), replayed.out());
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    Path trace = folder.resolve("calls.hkt.gz");
    assertFails("no such file", folder.resolve("none").toString(), trace.toString());
    assertFails("a directory, not a file", folder.toString(), trace.toString());
    assertFails("not a regular file", "/dev/null", trace.toString());
    Path text = Files.writeString(folder.resolve("text"), "text");
    assertFails("byte 0: not a recording", text.toString(), trace.toString());
    assertFails("no such folder", record().toString(), folder.resolve("a/b").toString());
    assertFalse(Files.exists(trace));
  }

  private static void assertFails(String why, String raw, String trace) {
    Cli.Result result = hak("trace", "convert", raw, trace);
    assertEquals(2, result.exitCode(), result.out());
    assertTrue(result.err().contains(why), result.err());
  }
}
