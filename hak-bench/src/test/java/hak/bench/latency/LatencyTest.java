package hak.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Progress;
import hak.bench.Workload;
import hak.bench.trace.Program;
import hak.bench.trace.ProgramBuilder;
import hak.core.Hak;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final int ROUNDS = 3;
  private static final int BIG_BYTES = 16 << 20;

  private static LatencyReport.Run run(Workload workload, boolean trims) {
    LatencyRequest request =
        new LatencyRequest(Hak.profile("default"), List.of(workload), ROUNDS, trims, Progress.NONE);
    return Latency.run(request).runs().getFirst();
  }

  /** Many small blocks, and in the middle one of many pages that has to be zeroed. */
  private static Program withOneSlowCall() {
    ProgramBuilder builder = new ProgramBuilder(1 << 13);
    for (int i = 0; i < 1 << 12; i++) {
      builder.free(builder.malloc(100));
      if (i == 1 << 11) {
        builder.free(builder.calloc(BIG_BYTES));
      }
    }
    return builder.build();
  }

  private static long calls(List<LatencyReport.Times> rows) {
    return rows.stream().mapToLong(LatencyReport.Times::calls).sum();
  }

  @Test
  void everyCallIsTimedAndTheSlowOneIsFound() {
    Program program = withOneSlowCall();
    LatencyReport.Run run = run(Workload.copies("one", 1, () -> program), false);
    long calls = (long) ROUNDS * program.events().length;
    assertEquals(calls, calls(run.bands()));
    assertEquals(calls, calls(run.classes()));
    assertEquals(calls, run.nothing().calls());
    LatencyReport.SlowCall worst = run.worst().getFirst();
    assertEquals("calloc", worst.operation());
    assertEquals(BIG_BYTES, worst.mostBytes());
    assertEquals(2 * (1 << 11) + 2, worst.event());
    assertTrue(worst.nanos() > 10_000, worst.toString());
    assertEquals(0, worst.cause().systemCalls(), "the block is reused");
  }

  @Test
  void memoryThatWasGivenBackHasToBeGotAgain() {
    Program program = withOneSlowCall();
    LatencyReport.Run run = run(Workload.copies("one", 1, () -> program), true);
    LatencyReport.SlowCall ofBlock =
        run.worst().stream()
            .filter(call -> call.operation().equals("calloc"))
            .findFirst()
            .orElseThrow();
    assertTrue(
        ofBlock.cause().systemCalls() + ofBlock.cause().pageFaults() > 0, ofBlock.toString());
  }

  @Test
  void threadsThatMeetAndThreadsThatDieAreTimed() {
    for (String request :
        List.of("remote-50:steps=20000", "larson:slots=100,replacements=3000,generations=3")) {
      Workload workload = Workload.synthetic(request);
      LatencyReport.Run run = run(workload, false);
      assertEquals(ROUNDS * workload.program().calls(), calls(run.bands()), request);
      assertEquals(2, run.threads());
      assertEquals(10, run.worst().size());
    }
  }
}
