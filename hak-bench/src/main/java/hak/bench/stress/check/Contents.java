package hak.bench.stress.check;

import hak.bench.verify.Pattern;

/**
 * What is written into a block: a pattern all over a small one; in a larger one at both ends and a
 * word in every 64 KiB between, so that a page that belongs to two blocks shows.
 *
 * <p>{@code difference} and {@code nonZero} give the offset of a byte that is wrong, or {@link
 * Pattern#NONE}.
 */
public final class Contents {
  private static final long FILLED_WHOLE_BYTES = 4096;
  private static final long END_BYTES = 256;
  private static final long STRIDE_BYTES = 64 << 10;

  private Contents() {}

  /** Writes the content of a block. */
  public static void fill(long address, long size, long seed) {
    if (size <= FILLED_WHOLE_BYTES) {
      Pattern.fill(address, size, seed);
      return;
    }
    Pattern.fill(address, END_BYTES, seed);
    for (long at = STRIDE_BYTES; at + Long.BYTES <= size - END_BYTES; at += STRIDE_BYTES) {
      Pattern.fill(address + at, Long.BYTES, seed + at);
    }
    Pattern.fill(address + size - END_BYTES, END_BYTES, ~seed);
  }

  /** Compares the first {@code kept} of {@code size} filled bytes. */
  public static long difference(long address, long size, long seed, long kept) {
    if (size <= FILLED_WHOLE_BYTES) {
      return Pattern.difference(address, kept, seed);
    }
    long wrong = Pattern.difference(address, Math.min(END_BYTES, kept), seed);
    for (long at = STRIDE_BYTES;
        wrong == Pattern.NONE && at + Long.BYTES <= Math.min(size - END_BYTES, kept);
        at += STRIDE_BYTES) {
      wrong = shifted(Pattern.difference(address + at, Long.BYTES, seed + at), at);
    }
    if (wrong == Pattern.NONE && kept == size) {
      long end = size - END_BYTES;
      wrong = shifted(Pattern.difference(address + end, END_BYTES, ~seed), end);
    }
    return wrong;
  }

  private static long shifted(long wrong, long by) {
    return wrong == Pattern.NONE ? wrong : wrong + by;
  }
}
