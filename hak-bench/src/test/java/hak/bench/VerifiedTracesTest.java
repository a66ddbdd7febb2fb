package hak.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.replay.Crew;
import hak.bench.replay.HakOperations;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import hak.bench.trace.ShippedTraces;
import hak.bench.verify.Verifier;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.core.spi.BoxProvider;
import hak.testkit.HeapWalker;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real programs, each block checked, the heap walked: every shipped trace on every shipped profile,
 * and on every box by itself one trace, or all of them with {@code -Dhak.verify.everyTrace=true};
 * by two threads, the largest by one.
 */
class VerifiedTracesTest {
  private static final boolean EVERY_TRACE = Boolean.getBoolean("hak.verify.everyTrace");

  /** Takes as long as the others together. */
  private static final String LARGEST = "node";

  static List<String> traces() {
    return ShippedTraces.names();
  }

  @ParameterizedTest
  @MethodSource("traces")
  void realProgramsFindTheirBlocksInOrder(String trace) {
    Program program = ShippedTraces.open(trace);
    int copies = trace.equals(LARGEST) && !EVERY_TRACE ? 1 : 2;
    for (String profile : Hak.profiles()) {
      verify(program, Hak.profile(profile), copies);
    }
    for (int others : new int[] {copies == 1 ? 2 : 1, 4}) {
      verify(program, Hak.profile("default"), others);
    }
  }

  @Test
  void theThreadsOfAProgramHandTheirBlocksOver() {
    ParallelProgram program = ShippedTraces.openThreads("jvm-javac");
    for (String profile : Hak.profiles()) {
      verify(program, Hak.profile(profile));
    }
  }

  static Stream<String> boxes() {
    return Hak.boxes().stream().map(BoxProvider::id);
  }

  @ParameterizedTest
  @MethodSource("boxes")
  void everyBoxServesRealProgramsByItself(String box) {
    for (String trace : EVERY_TRACE ? traces() : List.of("jvm-javac")) {
      verify(ShippedTraces.open(trace), StackOfBox.named(box), 3);
    }
  }

  private static void verify(Program program, Profile profile, int threads) {
    verify(ParallelProgram.copies(program, threads), profile);
  }

  private static void verify(ParallelProgram program, Profile profile) {
    try (Crew crew = new Crew(program.threads());
        HakAllocator stack = Hak.open(profile)) {
      Verifier verifier = new Verifier(program, new HakOperations(stack), crew);
      verifier.replay();
      HeapWalker.check(stack);
      assertEquals(verifier.leftover(), stack.stats().liveBlocks());
      verifier.freeLeftover();
      HeapWalker.check(stack);
      assertEquals(0, stack.stats().liveBlocks());
      assertTrue(stack.stats().isBalanced());
    }
  }
}
