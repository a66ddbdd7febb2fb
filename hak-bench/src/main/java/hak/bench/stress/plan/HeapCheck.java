package hak.bench.stress.plan;

import hak.core.HakAllocator;

/** A walk over a whole stack, such as {@code HeapWalker.check} of hak.testkit. */
@FunctionalInterface
public interface HeapCheck {
  /**
   * Checks every invariant of a stack that no thread uses.
   *
   * @param live the addresses of all blocks in user hands
   * @throws RuntimeException if an invariant does not hold or other blocks are live
   */
  void check(HakAllocator allocator, long... live);
}
