package hak.bench.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.replay.CallSum;
import hak.bench.replay.Crew;
import hak.bench.replay.HakOperations;
import hak.bench.replay.Replayer;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.ToldCalls;
import hak.bench.trace.TraceException;
import hak.bench.trace.TraceFile;
import hak.bench.trace.TraceStatistics;
import hak.bench.trace.TraceSummary;
import hak.bench.verify.Verifier;
import hak.bench.workload.SyntheticWorkloads;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs on a stack with the box {@code recorder}, and what a trace says of them. */
@Timeout(120)
class RawTraceTest {
  @TempDir private Path folder;

  private Path raw() {
    return folder.resolve("calls.raw");
  }

  private Path trace() {
    return folder.resolve("calls.hkt.gz");
  }

  private HakAllocator open() {
    Profile profile =
        Hak.profile("default")
            .withMore(Section.OBSERVERS, "recorder")
            .withSetting("recorder", "file", List.of(raw().toString()));
    return Hak.open(profile);
  }

  private Recording convert() throws IOException {
    try (FileChannel out =
        FileChannel.open(trace(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      return RawTrace.write(raw(), out);
    }
  }

  private List<String> calls() {
    ToldCalls told = new ToldCalls();
    TraceFile.read(trace(), told);
    return told.calls();
  }

  @Test
  void aTraceSaysWhatTheProgramCalled() throws IOException, InterruptedException {
    try (HakAllocator heap = open()) {
      long a = heap.malloc(24);
      long b = heap.malloc(3 << 20, 4096);
      Thread.ofVirtual().start(() -> heap.free(a)).join();
      long c = heap.realloc(b, 4 << 20);
      long d = heap.calloc(2, 50);
      heap.free(c);
      heap.free(d);
    }
    Recording recording = convert();
    assertEquals(0, recording.leftOut().total(), recording::toString);
    assertEquals("", recording.endedBy());
    assertEquals(2, recording.threads());
    assertEquals(
        List.of(
            "0 malloc 24 -> a",
            "0 aligned 2^12 3145728 -> b",
            "1 free a",
            "0 realloc b 4194304 -> c",
            "0 calloc 100 -> d",
            "0 free c",
            "0 free d"),
        calls());
  }

  /** A workload that is replayed on a recorded stack gives a trace of the same calls. */
  @Test
  void aRecordedReplayIsReplayedAgain() throws IOException {
    ParallelProgram program =
        SyntheticWorkloads.parse("random-mixed:steps=20000,slots=100").program();
    try (HakAllocator heap = open();
        Crew crew = new Crew(1)) {
      Replayer.on(new HakOperations(heap), program, crew).replay(Replayer.UNWATCHED);
    }
    Recording recording = convert();
    assertEquals(20_000, recording.events());
    assertEquals(0, recording.leftOut().total(), recording::toString);
    ParallelProgram again = ParallelProgram.copies(TraceFile.read(trace()), 1);
    try (Crew crew = new Crew(1)) {
      assertEquals(CallSum.of(program, crew), CallSum.of(again, crew));
    }
  }

  @Test
  void threadsThatHandBlocksOnAreReplayedVerified() throws IOException {
    ParallelProgram program = SyntheticWorkloads.parse("remote-50:steps=20000,threads=3").program();
    try (HakAllocator heap = open();
        Crew crew = new Crew(3)) {
      Replayer.on(new HakOperations(heap), program, crew).round();
    }
    assertEquals(0, convert().leftOut().total());
    TraceStatistics statistics = new TraceStatistics();
    TraceFile.read(trace(), statistics);
    TraceSummary summary = statistics.summary();
    assertEquals(
        (double) program.remoteFrees(),
        (double) summary.foreignFrees(),
        600,
        "those at the end as well");
    ParallelProgram recorded = TraceFile.readThreads(trace());
    try (HakAllocator heap = Hak.open("default");
        Crew crew = new Crew(recorded.threads())) {
      Verifier verifier = new Verifier(recorded, new HakOperations(heap), crew);
      verifier.replay();
      verifier.freeLeftover();
      assertEquals(0, heap.stats().liveBlocks());
    }
  }

  @Test
  void whatIsNoRecordingIsRefused() throws IOException {
    Files.writeString(raw(), "nothing of the kind");
    refused("byte 0: not a recording");
    Files.write(raw(), new byte[100_000]);
    refused("byte 0: not a recording");
    Files.delete(raw());
    try (HakAllocator heap = open()) {
      heap.malloc(1);
    }
    byte[] bytes = Files.readAllBytes(raw());
    bytes[4096 + 20] = 99;
    Files.write(raw(), bytes);
    refused("byte 4116: no such operation");
  }

  private void refused(String problem) {
    String message = assertThrows(TraceException.class, this::convert).getMessage();
    assertTrue(message.endsWith(problem), message);
  }

  @Test
  void aRecordingThatIsCutOffHasWhatIsThere() throws IOException {
    try (HakAllocator heap = open()) {
      for (int i = 0; i < 100; i++) {
        heap.malloc(i);
      }
    }
    try (FileChannel channel = FileChannel.open(raw(), StandardOpenOption.WRITE)) {
      channel.truncate(4096 + 24 * 50 + 7);
    }
    assertEquals(50, convert().events());
  }
}
