package hak.box.hotslab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.memory.PageTable;
import hak.testkit.ThreadCacheContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HotSlabTest extends ThreadCacheContract {
  private static final long SIZE = 256;

  /** Enough for several pages. */
  private static final int BLOCKS = 4 * PageTable.PAGE_BYTES / (int) SIZE;

  @Override
  protected String box() {
    return "hot-slab";
  }

  private List<Long> allocate() {
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      blocks.add(allocator().malloc(SIZE));
    }
    return blocks;
  }

  private static long page(long address) {
    return address >>> PageTable.PAGE_SHIFT;
  }

  @Test
  void keepsBlocksOfThePageOfTheFirstOne() {
    List<Long> blocks = allocate();
    long hot = page(blocks.getFirst());
    blocks.forEach(allocator()::free);
    long ofHotPage = blocks.stream().filter(block -> page(block) == hot).count();
    assertTrue(ofHotPage > 100, "blocks of one page: " + ofHotPage);
    assertEquals(ofHotPage, heldFor(SIZE));
    for (int i = 0; i < ofHotPage; i++) {
      assertEquals(hot, page(allocator().malloc(SIZE)));
    }
  }

  @Test
  void whenItIsEmptyTheNextPageBecomesTheHotOne() {
    List<Long> blocks = allocate();
    long first = blocks.getFirst();
    long last = blocks.getLast();
    allocator().free(first);
    allocator().free(last);
    assertEquals(1, heldFor(SIZE), "of another page");
    assertEquals(first, allocator().malloc(SIZE));
    last = allocator().malloc(SIZE);
    allocator().free(last);
    assertEquals(1, heldFor(SIZE));
    assertEquals(last, allocator().malloc(SIZE));
  }

  @Test
  void aBlockLargerThanItTakesPassesBy() {
    allocator().free(allocator().malloc(1025));
    assertEquals(0, heldFor(1025));
  }
}
