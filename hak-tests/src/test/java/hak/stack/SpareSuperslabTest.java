package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.PageRuns;
import hak.testkit.HeapWalker;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of superslabs that become empty some stay open, until memory is given back. */
class SpareSuperslabTest {
  private static final long SIZE = 300_000;
  private static final int BLOCKS_OF_A_SUPERSLAB = 6;
  private static final int SUPERSLABS = 8;

  private static List<long[]> fill(HakAllocator allocator) {
    return IntStream.range(0, SUPERSLABS)
        .mapToObj(_ ->
            LongStream.generate(() -> allocator.malloc(SIZE))
                .limit(BLOCKS_OF_A_SUPERSLAB)
                .toArray())
        .toList();
  }

  private static void free(HakAllocator allocator, List<long[]> superslabs) {
    superslabs.forEach(blocks -> Arrays.stream(blocks).forEach(allocator::free));
  }

  private static long inUse(HakAllocator allocator) {
    PageRuns runs = StackView.of(allocator).pageRuns();
    return IntStream.range(runs.firstSuperslab(), runs.superslabEnd())
        .filter(superslab -> runs.status(superslab) == PageRuns.IN_USE)
        .count();
  }

  @ParameterizedTest
  @EnumSource(names = {"BARE", "CACHED", "HIGH"})
  void oneOfFourStaysOpen(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      List<long[]> superslabs = fill(allocator);
      assertEquals(SUPERSLABS, inUse(allocator));
      free(allocator, superslabs.subList(0, 2));
      assertEquals(SUPERSLABS, inUse(allocator), "two are empty");
      HeapWalker.check(allocator);
      free(allocator, superslabs.subList(2, 3));
      assertEquals(SUPERSLABS - 2, inUse(allocator), "one of six is empty");
      HeapWalker.check(allocator);
      free(allocator, superslabs.subList(3, SUPERSLABS));
      assertEquals(0, inUse(allocator), "all were closed");
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BARE", "CACHED", "HIGH"})
  void trimClosesThem(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      List<long[]> superslabs = fill(allocator);
      free(allocator, superslabs.subList(0, 2));
      allocator.trim();
      assertEquals(SUPERSLABS - 2, inUse(allocator));
      HeapWalker.check(allocator);
      free(allocator, superslabs.subList(2, SUPERSLABS));
    }
  }
}
