package hak.bench.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hak.bench.process.CompiledC;
import hak.bench.trace.ToldCalls;
import hak.bench.trace.TraceFile;
import hak.bench.trace.TraceStatistics;
import hak.bench.trace.TraceSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records {@code calls.c}, whose calls are known. */
class RecorderTest {
  private static final String SOURCE = "/hak/bench/record/calls.c";
  private static final int BASE = 1_000_000;

  /** What every way to allocate looks like; what the C library does for itself is smaller. */
  private static final List<String> EVERY_CALL =
      List.of(
          "0 malloc 1000001 -> a",
          "0 calloc 2000000 -> b",
          "0 aligned 2^6 1000064 -> c",
          "0 aligned 2^12 1000002 -> d",
          "0 realloc a 1000003 -> e",
          "0 free b",
          "0 malloc 1000004 -> f",
          "0 aligned 2^4 1000005 -> g",
          "0 free c",
          "0 free d",
          "0 free f",
          "0 free e");

  private static Path program;

  @TempDir private Path folder;
  private Path trace;

  @BeforeAll
  static void compile() {
    Optional<Path> compiled =
        CompiledC.prepare("calls", SOURCE, List.of("-O1", "-fno-builtin", "-pthread"));
    assumeTrue(compiled.isPresent(), CompiledC.MISSING);
    program = compiled.get();
  }

  private Recording record(String what) throws IOException, InterruptedException {
    return record(what, Long.MAX_VALUE);
  }

  private Recording record(String what, long limit) throws IOException, InterruptedException {
    trace = folder.resolve("calls.hkt.gz");
    Path raw = folder.resolve("raw");
    List<String> command = List.of(program.toString(), what);
    Recording recording;
    try (Recorder.Run run = Recorder.prepare().start(command, raw, limit);
        FileChannel out =
            FileChannel.open(trace, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      run.await();
      recording = run.writeTo(out);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(trace), files.toList(), "the raw recording is removed");
    }
    return recording;
  }

  private List<String> largeCalls() {
    ToldCalls told = new ToldCalls(size -> size >= BASE);
    TraceFile.read(trace, told);
    return told.calls();
  }

  @Test
  void everyWayToAllocateIsRecorded() throws IOException, InterruptedException {
    Recording recording = record("every");
    assertEquals(3, recording.exitCode());
    assertEquals("", recording.endedBy());
    assertEquals(0, recording.leftOut().total(), recording::toString);
    assertEquals(EVERY_CALL, largeCalls());
  }

  @Test
  void aProgramThatTakesThePlaceOfTheFirstIsRecorded() throws IOException, InterruptedException {
    assertEquals(3, record("exec").exitCode());
    assertEquals(EVERY_CALL, largeCalls());
  }

  @Test
  void aChildIsNotRecordedNorWhatItRuns() throws IOException, InterruptedException {
    assertEquals(3, record("fork").exitCode());
    assertEquals(List.of("0 malloc 1000088 -> a", "0 free a"), largeCalls());
  }

  @Test
  void whatAKilledProcessDidIsThere() throws IOException, InterruptedException {
    assertEquals(128 + 9, record("kill").exitCode());
    assertEquals(List.of("0 malloc 1000099 -> a", "0 free a"), largeCalls());
  }

  @Test
  void threadsAreKept() throws IOException, InterruptedException {
    record("hand");
    TraceStatistics statistics = new TraceStatistics();
    TraceFile.read(trace, statistics);
    TraceSummary summary = statistics.summary();
    assertTrue(summary.foreignFrees() >= 1000, summary::toString);
    assertTrue(summary.peakBlocks() >= 1000, summary::toString);
  }

  /** Four threads at once: every block is whole, and the order is one in which it could happen. */
  @Test
  void threadsAtOnceGiveATraceThatHolds() throws IOException, InterruptedException {
    Recording recording = record("churn");
    assertEquals(0, recording.leftOut().total(), recording::toString);
    assertTrue(recording.events() > 700_000, recording::toString);
    assertTrue(TraceFile.read(trace).events().length == recording.events());
  }

  @Test
  void aFullRecordingSaysSoAndTheProgramGoesOn() throws IOException, InterruptedException {
    Recording recording = record("churn", 1000);
    assertEquals(3, recording.exitCode());
    assertEquals("the limit of events was reached", recording.endedBy());
    assertTrue(recording.events() <= 1000 && recording.events() > 500, recording::toString);
  }

  @Test
  void aProgramThatIsNotThereIsToldAndNothingIsLeft() throws IOException {
    List<String> command = List.of(folder.resolve("none").toString());
    Path raw = folder.resolve("raw");
    assertThrows(IOException.class, () -> Recorder.prepare().start(command, raw, Long.MAX_VALUE));
    assertTrue(Files.notExists(raw));
  }

  @Test
  void aProgramThatCannotBeRecordedIsTold() throws IOException, InterruptedException {
    Path unlinked = compileStatically();
    Path raw = folder.resolve("raw");
    try (Recorder.Run run = Recorder.prepare().start(List.of(unlinked.toString(), ""), raw, 1000);
        FileChannel out =
            FileChannel.open(
                folder.resolve("trace"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertEquals(3, run.await());
      String said = assertThrows(IllegalStateException.class, () -> run.writeTo(out)).getMessage();
      assertTrue(said.contains("statically linked"), said);
    }
  }

  private static Path compileStatically() {
    List<String> options = List.of("-O1", "-fno-builtin", "-pthread", "-static");
    try {
      return CompiledC.prepare("calls-static", SOURCE, options).orElseThrow();
    } catch (UncheckedIOException e) {
      return abort("no C library to link statically: " + e.getMessage());
    }
  }
}
