package hak.testkit;

import hak.core.HakAllocator;
import hak.core.inside.StackView;

/**
 * Checks a stack block by block: that each block is in exactly one place and every count is what
 * the lists hold.
 *
 * <p>For each slab, always: {@code carved = in user hands + in caches + active list + local list +
 * remote list}. The walker finds the last four by following every list and every cache, and derives
 * the first. It changes nothing. No other thread may use the stack meanwhile, and whoever used it
 * before must have been joined.
 */
public final class HeapWalker {
  private HeapWalker() {}

  /**
   * Checks a stack.
   *
   * @return what was counted
   * @throws HeapCorruption at the first invariant that does not hold
   * @throws IllegalStateException if the stack is closed
   */
  public static HeapReport check(HakAllocator allocator) {
    return walk(allocator, null);
  }

  /**
   * Checks a stack, and that the blocks in user hands are exactly the given ones.
   *
   * @param liveAddresses what the allocator returned and was not freed, in any order
   * @return what was counted
   * @throws HeapCorruption at the first invariant that does not hold
   * @throws IllegalStateException if the stack is closed
   */
  public static HeapReport check(HakAllocator allocator, long... liveAddresses) {
    return walk(allocator, liveAddresses);
  }

  /**
   * Walks while the housekeeper leaves the stack alone.
   *
   * @param liveAddresses null = whichever
   */
  private static HeapReport walk(HakAllocator allocator, long[] liveAddresses) {
    HeapReport[] report = new HeapReport[1];
    StackView stack = StackView.of(allocator);
    stack.whileStill(() -> {
      HeapWalk walk = new HeapWalk(stack);
      report[0] = walk.walk(allocator.stats());
      if (liveAddresses != null) {
        walk.compareLive(liveAddresses);
      }
    });
    return report[0];
  }
}
