package hak.box.quickslot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hak.core.inside.StackView;
import hak.core.memory.Memory;
import hak.testkit.ThreadCacheContract;
import org.junit.jupiter.api.Test;

class QuickSlotTest extends ThreadCacheContract {
  @Override
  protected String box() {
    return "quick-slot";
  }

  @Test
  void keepsSixBlocksOfAClass() {
    long[] blocks = new long[10];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = allocator().malloc(64);
    }
    for (long block : blocks) {
      allocator().free(block);
    }
    assertEquals(6, heldFor(64));
  }

  @Test
  void doesNotTouchABlock() {
    Memory memory = StackView.of(allocator()).memory();
    long address = allocator().malloc(64);
    int block = Memory.refOfOffset(address - memory.base());
    memory.putLong(block, 0, 0x1122334455667788L);
    allocator().free(address);
    assertNotEquals(0, heldFor(64));
    assertEquals(0x1122334455667788L, memory.getLong(block, 0));
  }
}
