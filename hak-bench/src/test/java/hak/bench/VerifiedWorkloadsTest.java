package hak.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.replay.Crew;
import hak.bench.replay.HakOperations;
import hak.bench.trace.ParallelProgram;
import hak.bench.verify.Verifier;
import hak.bench.workload.SyntheticWorkloads;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.testkit.HeapWalker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every synthetic workload on every shipped profile, each block checked, the heap walked. */
class VerifiedWorkloadsTest {
  /** Filling blocks of many mebibytes takes its time. */
  private static final Map<String, String> BIG =
      Map.of(
          "big-churn", "big-churn:steps=40,slots=4,max=8 MiB",
          "malloc-large", "malloc-large:steps=40,slots=4,max=8 MiB",
          "mid-large-mt", "mid-large-mt:steps=1000,slots=50",
          "phases", "phases:steps=1000,slots=50,phases=6,repeats=2");

  static List<String> workloads() {
    return SmallWorkloads.requests().stream()
        .map(request -> BIG.getOrDefault(request.split(":", -1)[0], request))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void everyProfileKeepsItsPromises(String workload) {
    ParallelProgram program = SyntheticWorkloads.parse(workload).program();
    for (String profile : Hak.profiles()) {
      verify(program, Hak.profile(profile));
    }
  }

  private static void verify(ParallelProgram program, Profile profile) {
    try (Crew crew = new Crew(program.threads());
        HakAllocator stack = Hak.open(profile)) {
      Verifier verifier = new Verifier(program, new HakOperations(stack), crew);
      for (int round = 0; round < 2; round++) {
        verifier.replay();
        HeapWalker.check(stack);
        assertEquals(verifier.leftover(), stack.stats().liveBlocks(), profile.name());
        verifier.freeLeftover();
        HeapWalker.check(stack);
        assertEquals(0, stack.stats().liveBlocks(), profile.name());
        assertTrue(stack.stats().isBalanced(), profile.name());
      }
    }
  }
}
