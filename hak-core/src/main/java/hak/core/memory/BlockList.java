package hak.core.memory;

import java.util.function.IntConsumer;

/**
 * A counted list of free blocks in one 64-bit word: the lower half is the ref of the first block,
 * above it is how many blocks there are, and on top how much room is left for more.
 *
 * <pre>
 *   word   = | room : 16 | count : 16 | first block : 32 |     first block 0 = empty
 *   block[0..7] of the first block = the word of the list without it
 * </pre>
 *
 * <p>Each block stores the word of the list below it, so count and room cost nothing to keep: pop
 * is "load the word, load the block's word, store it"; push is "store the word into the block,
 * store a new word". There is no counter to increment and none to get out of step, and a
 * compare-and-set of one word moves all together.
 *
 * <h2>Room</h2>
 *
 * A slab's lists carry the room of their size class through unchanged, whatever comes and goes
 * ({@link #push}); in a thread cache each block that comes in takes one off ({@link
 * #pushIntoRoom}), and when it is popped again, its word puts it back. So a cache may adopt a
 * slab's list whole, in two stores, and has as much room for further blocks as when it is empty. A
 * list whose size nobody bounds has no room and counts in the whole upper half ({@link
 * #wideCount}).
 */
public final class BlockList {
  /** The word of the empty list without room. */
  public static final long EMPTY = 0;

  /** The largest count of a list with room, and the largest room. */
  public static final int MOST = 0xFFFF;

  private static final int COUNT_SHIFT = 32;
  private static final int ROOM_SHIFT = 48;
  private static final long REF = 0xFFFF_FFFFL;

  /** In the upper half: one block more and room for one less. */
  private static final long TAKEN_IN = 1 - (1L << (ROOM_SHIFT - COUNT_SHIFT));

  private BlockList() {}

  /**
   * The word of the empty list that has room for so many.
   *
   * @param room 0 .. {@link #MOST}
   */
  public static long empty(int room) {
    return (long) room << ROOM_SHIFT;
  }

  /** The word of the empty list with the room of this one. */
  public static long emptied(long word) {
    return word >>> ROOM_SHIFT << ROOM_SHIFT;
  }

  /** Whether the list holds no block. */
  public static boolean isEmpty(long word) {
    return (int) word == 0;
  }

  /** Whether the list has room for a block more. */
  public static boolean hasRoom(long word) {
    return word >>> ROOM_SHIFT != 0;
  }

  /** The room that is left. */
  public static int room(long word) {
    return (int) (word >>> ROOM_SHIFT);
  }

  /** The ref of the first block, 0 when the list is empty. */
  public static int first(long word) {
    return (int) word;
  }

  /** How many blocks the list holds. */
  public static int count(long word) {
    return (int) (word >>> COUNT_SHIFT) & MOST;
  }

  /** How many blocks a list without room holds. */
  public static int wideCount(long word) {
    return (int) (word >>> COUNT_SHIFT);
  }

  /** The word of a list without room, of {@code count} blocks, that starts at {@code first}. */
  public static long word(int first, int count) {
    return ((long) count << COUNT_SHIFT) | (first & REF);
  }

  /** Links {@code block} in front of {@code word} and returns the new list, with the same room. */
  public static long push(Memory memory, long word, int block) {
    memory.putLong(block, 0, word);
    return pushed(word, 1, block);
  }

  /**
   * As {@link #push}, and stores the new list.
   *
   * @param cell where the list stands, with {@code offset} in bytes
   * @param word the list as it stands there
   */
  public static void push(Memory memory, int cell, long offset, long word, int block) {
    storeBoth(memory, block, word, cell, offset, pushed(word, 1, block));
  }

  /** As the other, and takes one off the room, which the list must have. */
  public static void pushIntoRoom(Memory memory, int cell, long word, int block) {
    storeBoth(memory, block, word, cell, 0, pushed(word, TAKEN_IN, block));
  }

  private static long pushed(long word, long more, int block) {
    return (((word >>> COUNT_SHIFT) + more) << COUNT_SHIFT) | (block & REF);
  }

  /**
   * Both stores of a push, or none. They take the same way down from here, whether it is
   * interpreted or compiled: where the stack has room for the first, it has room for the second.
   */
  private static void storeBoth(
      Memory memory, int block, long link, int cell, long offset, long list) {
    memory.putLong(block, 0, link);
    memory.putLong(cell, offset, list);
  }

  /** Moves the blocks of {@code from} one by one in front of {@code word}; returns the new list. */
  public static long pushAll(Memory memory, long word, long from) {
    return pushFirst(memory, word, from, Integer.MAX_VALUE);
  }

  /**
   * As {@link #pushAll}, but only so many blocks of those that {@code from} has. Fewer where it
   * ends before: of a stack that is closed meanwhile blocks read as zero.
   */
  public static long pushFirst(Memory memory, long word, long from, int count) {
    long list = word;
    long left = from;
    for (int i = 0; i < count && !isEmpty(left); i++) {
      long rest = rest(memory, left); // before the block is linked elsewhere
      list = push(memory, list, first(left));
      left = rest;
    }
    return list;
  }

  /**
   * The blocks of two lists in one, with the room of the first: a walk of the shorter, so none
   * where one is empty; of the other one if that has another room.
   */
  public static long join(Memory memory, long word, long other) {
    boolean isShorter = count(word) < count(other) && room(word) == room(other);
    return isShorter ? pushAll(memory, other, word) : pushAll(memory, word, other);
  }

  /**
   * The list with another room, above each of its blocks: a walk, unless it has that room. Only for
   * a list whose room no block has taken off, as those of slabs.
   *
   * @param room 0 .. {@link #MOST}
   */
  public static long withRoom(Memory memory, long word, int room) {
    if (room(word) == room) {
      return word;
    }
    long list = changed(word, room);
    for (long above = list; !isEmpty(above); ) {
      long below = changed(rest(memory, above), room);
      memory.putLong(first(above), 0, below);
      above = below;
    }
    return list;
  }

  private static long changed(long word, int room) {
    return empty(room) | (word & ~(-1L << ROOM_SHIFT));
  }

  /** The list without its first block; the list must not be empty. */
  public static long rest(Memory memory, long word) {
    return memory.getLong(first(word), 0);
  }

  /** Visits the blocks of a list, the first one first, changing nothing. */
  public static void forEach(Memory memory, long word, IntConsumer visitor) {
    long list = word;
    while (!isEmpty(list)) {
      visitor.accept(first(list));
      list = rest(memory, list);
    }
  }
}
