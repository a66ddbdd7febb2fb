package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageTable;
import hak.core.memory.PerClass;
import hak.core.memory.RemoteBatches;
import hak.core.memory.RemoteFrees;
import hak.testkit.BarePages;
import hak.testkit.FailingVirtualMemory;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a heap keeps of blocks that it frees of other heaps' slabs, and when it hands them over. */
class RemoteBatchesTest {
  private static final int CLASS = 1;
  private static final int BLOCK_BYTES = 1024;
  private static final int ROOM = 5;

  private final BarePages bare = new BarePages(new FailingVirtualMemory(), 2);
  private final PageTable pages = bare.pages();
  private final RemoteFrees remoteFrees = bare.remoteFrees();

  /** In the second half of the cells that stand for heaps; the first is the stack's. */
  private final RemoteBatches batches =
      new RemoteBatches(bare.memory(), remoteFrees, new PerClass(16 / Memory.UNIT_BYTES, 2));

  private final int owner = bare.heap(0);
  private final int freer = bare.heap(1);

  @AfterEach
  void unmap() {
    bare.close();
  }

  private int slab() {
    int slab = bare.claimSlab(owner, CLASS, BLOCK_BYTES);
    pages.local(slab, BlockList.empty(ROOM));
    pages.remote(slab, BlockList.empty(ROOM));
    return slab;
  }

  private int block(int slab, int number) {
    return pages.pageOf(slab) + number * (BLOCK_BYTES / Memory.UNIT_BYTES);
  }

  private void free(int slab, int number) {
    batches.free(freer, CLASS, slab, block(slab, number));
  }

  /** What the owner finds when it takes in what others freed. */
  private Set<Integer> collected() {
    Set<Integer> blocks = new HashSet<>();
    for (int slab = remoteFrees.take(owner); slab != 0; ) {
      int next = pages.pending(slab);
      int count = remoteFrees.drain(slab);
      long list = pages.local(slab);
      assertEquals(count, BlockList.count(list));
      while (!BlockList.isEmpty(list)) {
        assertEquals(ROOM, BlockList.room(list));
        assertTrue(blocks.add(BlockList.first(list)), "twice in the list");
        list = BlockList.rest(bare.memory(), list);
      }
      pages.local(slab, BlockList.empty(ROOM));
      slab = next;
    }
    return blocks;
  }

  @Test
  void blocksOfOneSlabStayUntilOneOfAnotherIsFreed() {
    int first = slab();
    int second = slab();
    for (int number = 0; number < 40; number++) {
      free(first, number);
    }
    assertFalse(remoteFrees.isPending(owner));
    assertEquals(40, batches.count(freer, CLASS));
    free(second, 0);
    assertEquals(40, collected().size());
    assertEquals(1, batches.count(freer, CLASS));
    batches.handOver(freer, CLASS);
    assertEquals(Set.of(block(second, 0)), collected());
    batches.handOver(freer, CLASS);
    assertFalse(remoteFrees.isPending(owner), "there is nothing more");
  }

  @Test
  void aSlabThatWasHandedOverBeginsAnew() {
    int slab = slab();
    free(slab, 0);
    batches.handOver(freer, CLASS);
    free(slab, 1);
    assertEquals(Set.of(block(slab, 0)), collected());
    batches.handOver(freer, CLASS);
    assertEquals(Set.of(block(slab, 1)), collected());
  }

  @Test
  void withoutAHeapABlockIsHandedOverAtOnce() {
    int slab = slab();
    batches.free(0, CLASS, slab, block(slab, 3));
    assertEquals(Set.of(block(slab, 3)), collected());
  }

  @Test
  void aWholeListIsTakenInWithoutAWalk() {
    int slab = slab();
    for (int number = 0; number < 60; number++) {
      free(slab, number);
    }
    long[] before = links(slab);
    batches.handOver(freer, CLASS);
    remoteFrees.drain(remoteFrees.take(owner));
    assertEquals(60, BlockList.count(pages.local(slab)));
    for (int number = 0; number < 60; number++) {
      assertEquals(before[number], links(slab)[number], "block " + number + " was written");
    }
  }

  private long[] links(int slab) {
    long[] links = new long[60];
    for (int number = 0; number < links.length; number++) {
      links[number] = bare.memory().getLong(block(slab, number), 0);
    }
    return links;
  }

  @Test
  void noBlockIsLostHoweverFreesFollowEachOther() {
    int[] slabs = {slab(), slab(), slab()};
    int perSlab = PageTable.PAGE_BYTES / BLOCK_BYTES;
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] freed = new int[slabs.length];
      Set<Integer> expected = new HashSet<>();
      Set<Integer> found = new HashSet<>();
      for (int step = 0; step < 300; step++) {
        int which = random.nextInt(slabs.length);
        if (random.nextInt(20) == 0) {
          found.addAll(collected());
        } else if (random.nextInt(20) == 0) {
          batches.handOver(freer, CLASS);
        } else if (freed[which] < perSlab) {
          int block = block(slabs[which], freed[which]++);
          expected.add(block);
          if (random.nextBoolean()) {
            batches.free(freer, CLASS, slabs[which], block);
          } else {
            remoteFrees.free(slabs[which], block);
          }
        }
      }
      batches.handOver(freer, CLASS);
      found.addAll(collected());
      assertEquals(expected, found);
    }
  }
}
