package hak.mid;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many blocks are out, and how many bytes were asked for by them, counted by any thread without
 * a lock: each in the cell of a part of the threads, so that seldom two write to the same. Needs no
 * Java heap, as a LongAdder might in the middle of a call.
 *
 * <p>A cell by itself may be negative, for a block is given back by any thread; blocks and bytes
 * are one number, and what is read is its sum. Who reads while others count may see a block come
 * back that was not seen to go out; so much less is read then, and never less than nothing.
 */
final class LiveCount {
  private static final int CELLS = 16;

  /** Longs from one cell to the next: two lines of a cache, for they are fetched in pairs. */
  private static final int STRIDE = 16;

  /** Above it blocks, below it bytes, with their sign: a region is 32 GiB at most. */
  private static final int BLOCK_SHIFT = 40;

  private final AtomicLongArray cells = new AtomicLongArray((CELLS + 1) * STRIDE);

  /** Nothing is out. */
  LiveCount() {
    add(0); // links it, so that no later call needs the Java heap
  }

  /** A block of so many bytes goes out. */
  void lent(long bytes) {
    add((1L << BLOCK_SHIFT) + bytes);
  }

  /** A block of so many bytes is back. */
  void back(long bytes) {
    add(-(1L << BLOCK_SHIFT) - bytes);
  }

  /** A block that is out is so many bytes longer; negative = shorter. */
  void grown(long bytes) {
    add(bytes);
  }

  private void add(long number) {
    int cell = (int) Thread.currentThread().threadId() & (CELLS - 1);
    cells.getAndAdd((cell + 1) * STRIDE, number);
  }

  private long sum() {
    long sum = 0;
    for (int cell = 1; cell <= CELLS; cell++) {
      sum += cells.get(cell * STRIDE);
    }
    return sum;
  }

  private static long bytesOf(long sum) {
    return sum << (Long.SIZE - BLOCK_SHIFT) >> (Long.SIZE - BLOCK_SHIFT);
  }

  /** Blocks that are out; exact when nobody is in the middle of a call. */
  long blocks() {
    long sum = sum();
    return Math.max(0, (sum - bytesOf(sum)) >> BLOCK_SHIFT);
  }

  /** Bytes that were asked for by them; exact when nobody is in the middle of a call. */
  long bytes() {
    return Math.max(0, bytesOf(sum()));
  }
}
