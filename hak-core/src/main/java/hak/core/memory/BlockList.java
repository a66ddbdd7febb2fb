package hak.core.memory;

import java.util.function.IntConsumer;

/**
 * A counted list of free blocks in one 64-bit word: the lower half is the ref of the first block,
 * the upper half how many blocks there are. 0 is the empty list.
 *
 * <pre>
 *   word   = | count : 32 | first block : 32 |
 *   block[0..7] of the first block = the word of the list without it
 * </pre>
 *
 * <p>Each block stores the word of the list below it, so the count costs nothing to keep: pop is
 * "load the word, load the block's word, store it"; push is "store the word into the block, store a
 * new word". There is no counter to increment and none to get out of step, and a compare-and-set of
 * one word moves list and count together.
 *
 * <p>Thread caches use the same word with the upper half counting the room that is left (see the
 * tls-sll box).
 */
public final class BlockList {
  /** The word of the empty list. */
  public static final long EMPTY = 0;

  private BlockList() {}

  /** The ref of the first block, 0 when the list is empty. */
  public static int first(long word) {
    return (int) word;
  }

  /** How many blocks the list holds. */
  public static int count(long word) {
    return (int) (word >>> 32);
  }

  /** The word of a list of {@code count} blocks that starts at {@code first}. */
  public static long word(int first, int count) {
    return ((long) count << 32) | (first & 0xFFFF_FFFFL);
  }

  /** Links {@code block} in front of {@code word} and returns the new list. */
  public static long push(Memory memory, long word, int block) {
    memory.putLong(block, 0, word);
    return word(block, count(word) + 1);
  }

  /** Moves the blocks of {@code from} one by one in front of {@code word}; returns the new list. */
  public static long pushAll(Memory memory, long word, long from) {
    long list = word;
    long left = from;
    while (left != EMPTY) {
      long rest = rest(memory, left); // before the block is linked elsewhere
      list = push(memory, list, first(left));
      left = rest;
    }
    return list;
  }

  /** The list without its first block; the list must not be empty. */
  public static long rest(Memory memory, long word) {
    return memory.getLong(first(word), 0);
  }

  /** Visits the blocks of a list, the first one first, changing nothing. */
  public static void forEach(Memory memory, long word, IntConsumer visitor) {
    long list = word;
    while (list != EMPTY) {
      visitor.accept(first(list));
      list = rest(memory, list);
    }
  }
}
