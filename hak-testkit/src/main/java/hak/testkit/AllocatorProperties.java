package hak.testkit;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * What holds for every sequence of operations on a stack: no two blocks overlap, all are aligned,
 * contents stay, calloc is zero, and the heap walker finds exactly the blocks in user hands. A
 * sequence that breaks it is shrunk to a short one.
 */
public abstract class AllocatorProperties {
  /** Sizes around which something changes in one geometry or another. */
  private static final List<Long> BOUNDARIES =
      LongStream.of(0, 8, 16, 1 << 10, 8 << 10, 32 << 10, 64 << 10, 2 << 20)
          .flatMap(size -> LongStream.of(Math.max(0, size - 1), size, size + 1))
          .boxed()
          .toList();

  /** For subclasses. */
  protected AllocatorProperties() {}

  /** The stack under test. */
  protected abstract Profile profile();

  /** What a step does. */
  enum Kind {
    MALLOC,
    ALIGNED,
    CALLOC,
    REALLOC,
    FREE,
    TRIM
  }

  /**
   * One operation.
   *
   * @param size bytes asked for, where the operation has a size
   * @param pick which block is meant, or the logarithm of the alignment
   */
  record Step(Kind kind, long size, int pick) {
    void run(HakAllocator allocator, CheckedUser user) {
      boolean hasBlock = user.blockCount() > 0;
      int index = hasBlock ? pick % user.blockCount() : 0;
      switch (kind) {
        case MALLOC -> user.malloc(size);
        case ALIGNED -> user.malloc(size, 1L << (pick % 17));
        case CALLOC -> user.calloc(1 + pick % 3, size / 3);
        case REALLOC -> {
          if (hasBlock) {
            user.realloc(index, size);
          }
        }
        case FREE -> {
          if (hasBlock) {
            user.free(index);
          }
        }
        case TRIM -> allocator.trim();
      }
    }
  }

  /** Scripts with small sizes more often than large ones. */
  @Provide
  Arbitrary<List<Step>> scripts() {
    Arbitrary<Long> sizes =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.of(BOUNDARIES)),
            Tuple.of(10, Arbitraries.longs().between(0, 64)),
            Tuple.of(10, Arbitraries.longs().between(0, 1025)),
            Tuple.of(5, Arbitraries.longs().between(0, 33_000)),
            Tuple.of(2, Arbitraries.longs().between(0, 2_100_000)),
            Tuple.of(1, Arbitraries.longs().between(0, 6_000_000)));
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            Tuple.of(10, Kind.MALLOC),
            Tuple.of(2, Kind.ALIGNED),
            Tuple.of(2, Kind.CALLOC),
            Tuple.of(4, Kind.REALLOC),
            Tuple.of(9, Kind.FREE),
            Tuple.of(1, Kind.TRIM));
    Arbitrary<Integer> picks = Arbitraries.integers().between(0, 1 << 20);
    return Combinators.combine(kinds, sizes, picks).as(Step::new).list().ofMaxSize(300);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void anySequenceOfOperationsKeepsEveryBlock(@ForAll("scripts") List<Step> script) {
    try (HakAllocator allocator = Hak.open(profile())) {
      long largest = BoxContract.largestBytes(allocator);
      CheckedUser user = new CheckedUser(allocator, 1);
      for (Step step : script) {
        if (step.size() <= largest) {
          step.run(allocator, user);
        }
      }
      HeapWalker.check(allocator, user.addresses());
      user.freeAll();
      HeapWalker.check(allocator, new long[0]);
    }
  }
}
