package hak.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Machine;
import hak.bench.Progress;
import hak.bench.Workload;
import hak.bench.trace.Program;
import hak.bench.trace.ProgramBuilder;
import hak.core.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakTest {
  private static final Profile BARE = Profile.ofTiers("soaked", List.of("tiny"));
  @TempDir private Path folder;

  private static SoakEpoch epoch(int process, double seconds, long calls, long bytes) {
    return new SoakEpoch(process, seconds, calls, 1_000_000_000, bytes, bytes, 2, 1);
  }

  private static SoakReport reportOf(SoakLog log) {
    return SoakReport.of(Machine.here(), "jdk", "profile", "workload", true, log);
  }

  /** An hour of a stack that grows by a megabyte, in two processes that begin at other levels. */
  @Test
  void growthIsThatWithinEachProcess() throws IOException {
    SoakLog log = SoakLog.inMemory();
    for (int i = 1; i <= 360; i++) {
      log.add(epoch(1, 10 * i, 1000, 5_000_000 + i * 1_000_000L / 360));
    }
    for (int i = 1; i <= 360; i++) {
      log.add(epoch(2, 10 * i, 1000, 90_000_000 + i * 1_000_000L / 360));
    }
    SoakReport report = reportOf(log);
    assertEquals(7200, report.seconds());
    assertEquals(1e6, report.stackGrowth().slope(), 100);
    assertEquals(0, report.variation());
    assertEquals(0.001, report.systemCallsPerCall());
    assertEquals(0.002, report.pageFaultsPerCall());
  }

  @Test
  void speedsHavePercentilesAndAVariation() throws IOException {
    SoakLog log = SoakLog.inMemory();
    for (int i = 0; i <= 100; i++) {
      log.add(epoch(1, i + 1, 1000 + i, 0));
    }
    SoakReport report = reportOf(log);
    assertEquals(
        List.of(1000.0, 1001.0, 1010.0, 1050.0, 1090.0, 1099.0, 1100.0),
        List.of(
            report.callsPerSecond().least(),
            report.callsPerSecond().p1(),
            report.callsPerSecond().p10(),
            report.callsPerSecond().p50(),
            report.callsPerSecond().p90(),
            report.callsPerSecond().p99(),
            report.callsPerSecond().largest()));
    assertEquals(29.3 / 1050, report.variation(), 1e-4);
    assertEquals(0, report.stackGrowth().slope());
  }

  @Test
  void aLogIsReadAsItWasWritten() throws IOException {
    Path file = folder.resolve("soak.csv");
    SoakLog log = SoakLog.open(file, "bare, fixed-64");
    log.add(epoch(1, 1.5, 10, 20));
    log.add(epoch(2, 2.25, 30, 40));
    SoakLog again = SoakLog.open(file, "bare, fixed-64");
    assertEquals(log.epochs(), again.epochs());
    assertEquals(2, again.lastProcess());
    assertEquals(3.75, again.seconds());
  }

  @Test
  void aLogOfAnotherSoakIsRefused() throws IOException {
    Path file = folder.resolve("soak.csv");
    SoakLog.open(file, "bare, fixed-64");
    assertThrows(IllegalArgumentException.class, () -> SoakLog.open(file, "speed, fixed-64"));
    Files.writeString(file, "# hak soak: a\nx\n1,2,3\n");
    String said =
        assertThrows(IllegalArgumentException.class, () -> SoakLog.open(file, "a")).getMessage();
    assertTrue(said.endsWith("soak.csv, line 3: not an epoch: 1,2,3"), said);
  }

  private static Program pairs() {
    ProgramBuilder builder = new ProgramBuilder(20_000);
    for (int i = 0; i < 10_000; i++) {
      builder.free(builder.malloc(16 + i % 500));
    }
    return builder.build();
  }

  private SoakReport soak(SoakLog log, Duration length, BooleanSupplier stop) {
    Workload workload = Workload.copies("pairs", 2, SoakTest::pairs);
    return Soak.run(new SoakRequest(BARE, workload, length, log, Progress.NONE, stop));
  }

  @Test
  void aSoakThatWasStoppedGoesOn() throws IOException {
    Path file = folder.resolve("soak.csv");
    SoakLog log = SoakLog.open(file, "pairs");
    SoakReport stopped = soak(log, Duration.ofSeconds(2), () -> !log.epochs().isEmpty());
    assertEquals(1, stopped.epochs().size());
    assertFalse(stopped.complete());
    SoakReport resumed = soak(SoakLog.open(file, "pairs"), Duration.ofSeconds(2), () -> false);
    assertTrue(resumed.complete());
    assertEquals(stopped.epochs().getFirst().calls(), resumed.epochs().getFirst().calls());
    assertEquals(2, resumed.epochs().getLast().process());
    for (SoakEpoch epoch : resumed.epochs()) {
      assertEquals(0, epoch.calls() % 40_000, "whole rounds of two threads");
      assertTrue(epoch.calls() > 0 && epoch.stackBytes() > 0, epoch::toString);
      assertTrue(epoch.processBytes() > epoch.stackBytes(), epoch::toString);
    }
  }
}
