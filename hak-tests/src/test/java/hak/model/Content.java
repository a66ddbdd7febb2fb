package hak.model;

import hak.core.inside.RawAccess;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.LongConsumer;

/**
 * What is written into memory and looked for later: at both ends, and here and there between, so
 * that a large block costs no more than a small one.
 */
final class Content {
  private static final MemorySegment MEMORY = RawAccess.everything();
  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[64 << 10]);
  private static final long WHOLE_BYTES = 4 << 20;
  private static final long HEAD_BYTES = 128;
  private static final long TAIL_BYTES = 64;

  /** Primes, so that every place within a line and a page comes up. */
  private static final long STEP = 4_093;

  private static final long LARGE_STEP = 262_139;
  private static final long LARGE_FROM = 1 << 20;

  private Content() {}

  private static byte valueAt(long seed, long offset) {
    return (byte) (((seed + offset) * 0x9E3779B97F4A7C15L) >>> 56);
  }

  private static void forEachPlace(long size, LongConsumer action) {
    for (long offset = 0; offset < Math.min(HEAD_BYTES, size); offset++) {
      action.accept(offset);
    }
    for (long offset = STEP; offset < size; offset += offset < LARGE_FROM ? STEP : LARGE_STEP) {
      action.accept(offset);
    }
    for (long offset = Math.max(HEAD_BYTES, size - TAIL_BYTES); offset < size; offset++) {
      action.accept(offset);
    }
  }

  /** Writes the content of {@code seed} into a block. */
  static void fill(long address, long size, long seed) {
    forEachPlace(
        size, offset -> MEMORY.set(ValueLayout.JAVA_BYTE, address + offset, valueAt(seed, offset)));
  }

  /**
   * Looks for it.
   *
   * @param size of the block that was filled
   * @param kept how much of it is to be there
   */
  static void check(long address, long size, long seed, long kept) {
    forEachPlace(
        size,
        offset -> {
          if (offset < kept) {
            byte found = MEMORY.get(ValueLayout.JAVA_BYTE, address + offset);
            if (found != valueAt(seed, offset)) {
              throw new AssertionError(
                  String.format(
                      "0x%x of %,d B: at offset %,d there is %d, written was %d",
                      address, size, offset, found, valueAt(seed, offset)));
            }
          }
        });
  }

  /** Checks that a block is zero: all of it up to 4 MiB, of a larger one its ends and more. */
  static void checkZero(long address, long size) {
    long whole = Math.min(size, WHOLE_BYTES);
    for (long done = 0; done < whole; done += ZEROS.byteSize()) {
      long part = Math.min(ZEROS.byteSize(), whole - done);
      long at = address + done;
      long mismatch = MemorySegment.mismatch(MEMORY, at, at + part, ZEROS, 0, part);
      if (mismatch >= 0) {
        throw notZero(address, size, done + mismatch);
      }
    }
    forEachPlace(
        size,
        offset -> {
          if (MEMORY.get(ValueLayout.JAVA_BYTE, address + offset) != 0) {
            throw notZero(address, size, offset);
          }
        });
  }

  private static AssertionError notZero(long address, long size, long offset) {
    return new AssertionError(
        String.format("0x%x of %,d B is not zero at offset %,d", address, size, offset));
  }
}
