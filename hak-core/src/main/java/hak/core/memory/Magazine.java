package hak.core.memory;

import java.util.function.IntConsumer;

/**
 * A bounded array of free blocks in a cell of a thread heap, used from its end: the magazine of
 * Bonwick and Adams ("Magazines and Vmem", 2001).
 *
 * <pre>
 *   cell   | count : 32 | room : 32 | ref 0 : 32 | ref 1 : 32 | ... |
 * </pre>
 *
 * <p>Neither pop nor push touches the block, so a block that is cold stays cold until its user
 * wants it. Who has the same room for every cell passes it as a constant; the field is for those
 * whose cells differ.
 *
 * <p>The store of the count comes last: what ends before it changed nothing.
 */
public final class Magazine {
  private static final int COUNT = 0;
  private static final int ROOM = 4;
  private static final int REFS = 8;

  private Magazine() {}

  /** Bytes of a cell with room for {@code blocks}, a multiple of 8. */
  public static int bytes(int blocks) {
    return (REFS + blocks * Integer.BYTES + 7) & -8;
  }

  private static long slot(int index) {
    return REFS + (index & 0xFFFFL) * Integer.BYTES;
  }

  /** How many blocks are held. */
  public static int count(Memory memory, int cell) {
    return memory.getInt(cell, COUNT);
  }

  /** How many blocks there is room for, as set last; 0 at first. */
  public static int room(Memory memory, int cell) {
    return memory.getInt(cell, ROOM);
  }

  /** Sets how many blocks there is room for: no more than the cell was made for. */
  public static void room(Memory memory, int cell, int blocks) {
    memory.putInt(cell, ROOM, blocks);
  }

  /** Takes the block out that came in last; 0 when there is none. */
  public static int pop(Memory memory, int cell) {
    int count = count(memory, cell);
    return count == 0 ? 0 : take(memory, cell, count - 1);
  }

  private static int take(Memory memory, int cell, int last) {
    int block = memory.getInt(cell, slot(last));
    memory.putInt(cell, COUNT, last);
    return block;
  }

  /** Takes a block in; false, and nothing changed, when there are {@code room} already. */
  public static boolean push(Memory memory, int cell, int room, int block) {
    int count = count(memory, cell);
    if (count == room) {
      return false;
    }
    put(memory, cell, count, block);
    return true;
  }

  private static void put(Memory memory, int cell, int count, int block) {
    memory.putInt(cell, slot(count), block);
    memory.putInt(cell, COUNT, count + 1);
  }

  /** Visits the blocks held, the last in first. */
  public static void forEach(Memory memory, int cell, IntConsumer visitor) {
    for (int i = count(memory, cell) - 1; i >= 0; i--) {
      visitor.accept(memory.getInt(cell, slot(i)));
    }
  }
}
