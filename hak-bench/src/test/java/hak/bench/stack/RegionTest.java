package hak.bench.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.memory.PageRuns;
import hak.core.spi.Profile;
import hak.core.spi.StackOptions;
import hak.testkit.HeapReport;
import hak.testkit.HeapWalker;
import org.junit.jupiter.api.Test;

/**
 * Stacks whose pages lie far from the base. A ref is an unsigned number of 32 bits, and from 16 GiB
 * on its upper bit is set.
 */
class RegionTest {
  /** Blocks of 2 MiB that reach beyond 16 GiB; nobody touches them, so they take no memory. */
  private static final int BLOCKS_BEYOND_16_GIB = 8_300;

  @Test
  void untouchedBlocksBeyond16GibAreReleased() {
    Profile profile = TestStack.BARE.profile().withRegionBytes(StackOptions.REGION.max());
    try (HakAllocator allocator = Hak.open(profile)) {
      long[] blocks = new long[BLOCKS_BEYOND_16_GIB];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = allocator.malloc(PageRuns.SUPERSLAB_BYTES);
      }
      long last = blocks[blocks.length - 1] - allocator.view().memory().base();
      assertTrue(last > 16L << 30, "the last block is at " + last);
      HeapWalker.check(allocator, blocks);
      for (long block : blocks) {
        allocator.free(block);
      }
      HeapReport report = HeapWalker.check(allocator, new long[0]);
      assertEquals(blocks.length, report.emptySuperslabs(), "superslabs given back");
    }
  }
}
