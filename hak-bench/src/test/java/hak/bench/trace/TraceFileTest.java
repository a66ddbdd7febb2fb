package hak.bench.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {
  /** Events as the format's description counts them. */
  private static final Map<String, Integer> EVENTS =
      Map.of(
          "cc1plus", 1_002_840,
          "lua", 2_801_470,
          "python", 4_179_877,
          "sqlite", 526_463,
          "node", 5_796_464,
          "jvm-javac", 114_327);

  @Test
  void allShippedTracesAreValid() {
    assertEquals(EVENTS.keySet(), Set.copyOf(ShippedTraces.names()));
    for (String name : ShippedTraces.names()) {
      assertEquals(EVENTS.get(name), ShippedTraces.open(name).events().length, name);
    }
  }

  @Test
  void anUnknownTraceIsAnsweredWithTheNearest() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ShippedTraces.open("phyton"));
    assertTrue(e.getMessage().contains("'python'"), e.getMessage());
  }

  @Test
  void theContentTellsWhetherItIsZipped(@TempDir Path folder) throws IOException {
    TraceBuilder trace = new TraceBuilder().malloc(1).free(1);
    Path plain = Files.write(folder.resolve("a.hkt.gz"), trace.bytes());
    Path zipped = Files.write(folder.resolve("b.hkt"), trace.zipped());
    assertEquals(2, TraceFile.read(plain).events().length);
    assertEquals(2, TraceFile.read(zipped).events().length);
  }

  @Test
  void aFileThatCannotBeReadIsNamed(@TempDir Path folder) {
    Path missing = folder.resolve("missing.hkt");
    TraceException e = assertThrows(TraceException.class, () -> TraceFile.read(missing));
    assertEquals(missing + ": no such file", e.getMessage());
    assertThrows(TraceException.class, () -> TraceFile.read(folder));
  }

  @Test
  void aPipeThatWasReadIsNotCalledDamaged() {
    TraceException e =
        assertThrows(TraceException.class, () -> TraceFile.read(Path.of("/dev/null")));
    assertEquals(
        "/dev/null: nothing to read; a pipe must be written to a file first", e.getMessage());
  }

  /** With a name: it would wait for a second writer for ever. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPipeIsNotReadTwice(@TempDir Path folder) throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe.hkt");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    TraceException e = assertThrows(TraceException.class, () -> TraceFile.readThreads(pipe));
    assertEquals(
        pipe + ": can be read only once; a pipe must be written to a file first", e.getMessage());
    TraceFile.requireReadableAgain(Files.createFile(folder.resolve("file")));
    TraceFile.requireReadableAgain(folder.resolve("missing")); // which is said when it is read
  }

  @Test
  void theNameOfATraceHasNoEnding() {
    assertEquals("lua", TraceFile.nameOf(Path.of("some", "lua.hkt.gz")));
    assertEquals("lua", TraceFile.nameOf(Path.of("lua.hkt")));
    assertEquals("lua", TraceFile.nameOf(Path.of("lua")));
    assertEquals(".hkt", TraceFile.nameOf(Path.of(".hkt")));
  }
}
