package hak.core.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class BlockListTest {
  private static final int BLOCKS = 64;
  private static final int ROOM = 9;

  private final MemorySegment segment = Arena.ofAuto().allocate(BLOCKS * 8L, 8);
  private final Memory memory = new Memory(0, segment);

  /** The blocks of these numbers, each 8 bytes long. */
  private long list(int room, int first, int count) {
    long list = BlockList.empty(room);
    for (int i = 0; i < count; i++) {
      list = BlockList.push(memory, list, (first + i) * (8 / Memory.UNIT_BYTES));
    }
    return list;
  }

  private BitSet blocks(long list, int room) {
    BitSet blocks = new BitSet();
    long left = list;
    while (!BlockList.isEmpty(left)) {
      assertEquals(room, BlockList.room(left));
      long rest = BlockList.rest(memory, left);
      assertEquals(BlockList.count(rest) + 1, BlockList.count(left));
      blocks.set(BlockList.first(left) / (8 / Memory.UNIT_BYTES));
      left = rest;
    }
    assertEquals(BlockList.empty(room), left);
    return blocks;
  }

  private static int changed(long[] before, long[] after) {
    int changed = 0;
    for (int i = 0; i < before.length; i++) {
      changed += before[i] == after[i] ? 0 : 1;
    }
    return changed;
  }

  @Test
  void twoListsBecomeOneByAWalkOfTheShorter() {
    for (int one = 0; one < 20; one++) {
      for (int other = 0; other < 20; other++) {
        long first = list(ROOM, 1, one);
        long second = list(ROOM, 1 + one, other);
        long[] before = segment.toArray(ValueLayout.JAVA_LONG);
        long joined = BlockList.join(memory, first, second);
        int written = changed(before, segment.toArray(ValueLayout.JAVA_LONG));
        assertEquals(one + other, BlockList.count(joined));
        assertEquals(one + other, blocks(joined, ROOM).cardinality());
        assertTrue(written <= Math.min(one, other), () -> written + " blocks were written");
      }
    }
  }

  @Test
  void theRoomOfTheFirstListHoldsForAll() {
    for (int one = 0; one < 5; one++) {
      for (int other = 0; other < 9; other++) {
        long joined = BlockList.join(memory, list(ROOM, 1, one), list(0, 1 + one, other));
        assertEquals(one + other, blocks(joined, ROOM).cardinality());
      }
    }
  }

  @Test
  void someBlocksOfAListAreMovedAndNoneBehindItsEnd() {
    for (int count = 0; count < 8; count++) {
      long from = list(ROOM, 20, 5);
      long moved = BlockList.pushFirst(memory, list(ROOM, 1, 3), from, count);
      assertEquals(3 + Math.min(count, 5), blocks(moved, ROOM).cardinality());
    }
  }

  @Test
  void whatReadsAsZeroEndsAWalk() {
    long list = list(0, 1, 10);
    segment.fill((byte) 0); // as a close does
    long moved = BlockList.pushFirst(memory, BlockList.EMPTY, list, 10);
    assertEquals(1, blocks(moved, 0).cardinality());
  }

  @Test
  void anEmptyListChangesNothing() {
    long list = list(ROOM, 1, 30);
    long[] before = segment.toArray(ValueLayout.JAVA_LONG);
    assertEquals(list, BlockList.join(memory, list, BlockList.empty(3)));
    assertEquals(list, BlockList.join(memory, BlockList.empty(ROOM), list));
    assertArrayEquals(before, segment.toArray(ValueLayout.JAVA_LONG));
  }
}
