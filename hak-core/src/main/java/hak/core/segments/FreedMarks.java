package hak.core.segments;

import hak.core.memory.Memory;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tells a second free of a segment from the first: a block that is freed as a segment carries a
 * mark until somebody writes there or has it as a segment again.
 *
 * <pre>
 *   block   | the caches' and tiers' own : 64 | mark : 64 |   mark = address ^ secret
 * </pre>
 *
 * <p>Why content of a program is not taken for it: the mark is made of the address, so a copy in
 * another block is none, and of a secret; 64 bits that a program wrote are the mark once in 2^64.
 * What was left there by a free is removed when the block becomes a segment. Blocks below {@value
 * #SMALLEST_BYTES} bytes have no room for it; no segment is in one but by its address.
 *
 * <p>Read and then written, not exchanged: two threads that free a segment at the same moment may
 * both be let through. An exchange takes 15 ns of a pair of calls that takes 15, this 2.
 *
 * <p>It is no proof that a block is free: one that was used again as a segment has none, and is
 * freed by a stale segment. The idea is that of glibc's {@code tcache_entry.key}.
 */
record FreedMarks(Memory memory, long secret) {
  /** Bytes of the smallest block with room for a mark. */
  static final int SMALLEST_BYTES = 16;

  private static final int MARK = 8;

  /** With a secret of its own. */
  static FreedMarks of(Memory memory) {
    return new FreedMarks(memory, ThreadLocalRandom.current().nextLong());
  }

  private long markOf(int block) {
    return memory.address(block) ^ secret;
  }

  /** Marks a block; returns what was there. */
  long set(int block) {
    long before = memory.getLong(block, MARK);
    memory.putLong(block, MARK, markOf(block));
    return before;
  }

  /** Whether what {@link #set} returned is a mark: then nothing changed. */
  boolean isMark(int block, long before) {
    return before == markOf(block);
  }

  /** Undoes {@link #set}. */
  void undo(int block, long before) {
    memory.putLong(block, MARK, before);
  }

  /**
   * Removes the mark of a block whose content is undefined. What is put in its place is not zero: a
   * block that is zero there, and only one, may have lost its memory after a free.
   */
  void clear(int block) {
    memory.putLong(block, MARK, ~markOf(block));
  }

  /** Removes the mark of a block that has content, if it has one. */
  void clearIfSet(int block) {
    if (memory.getLong(block, MARK) == markOf(block)) {
      memory.putLong(block, MARK, 0);
    }
  }
}
