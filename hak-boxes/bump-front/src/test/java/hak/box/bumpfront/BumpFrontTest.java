package hak.box.bumpfront;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.testkit.ThreadCacheContract;
import org.junit.jupiter.api.Test;

class BumpFrontTest extends ThreadCacheContract {
  private static final int CHUNK = 256;
  private static final int CAPACITY = 16;

  @Override
  protected String box() {
    return "bump-front";
  }

  @Override
  protected boolean roomIsFixed() {
    return false;
  }

  /** What it asks for when it is empty comes before the block that the caller gets. */
  private long[] blocksOfARun(int count) {
    allocator().malloc(64);
    long[] blocks = new long[count];
    for (int i = 0; i < count; i++) {
      blocks[i] = allocator().malloc(64);
    }
    return blocks;
  }

  @Test
  void takesARunOfNeighboursFromAFreshSlab() {
    allocator().malloc(64);
    assertEquals(CHUNK, heldFor(64));
    long start = allocator().malloc(64);
    for (int i = 1; i < CHUNK; i++) {
      assertEquals(start + 64L * i, allocator().malloc(64));
    }
    assertEquals(0, heldFor(64));
  }

  @Test
  void whatDoesNotContinueTheRunGoesIntoTheMagazine() {
    long[] blocks = blocksOfARun(2 * CAPACITY);
    int run = heldFor(64);
    for (long block : blocks) {
      allocator().free(block);
    }
    assertEquals(run + CAPACITY, heldFor(64));
  }

  @Test
  void aBlockThatContinuesTheRunExtendsIt() {
    long[] blocks = blocksOfARun(CHUNK);
    assertEquals(0, heldFor(64));
    for (long block : blocks) {
      allocator().free(block);
    }
    assertEquals(CHUNK, heldFor(64), "more than the magazine holds");
    for (long block : blocks) {
      assertEquals(block, allocator().malloc(64));
    }
  }
}
