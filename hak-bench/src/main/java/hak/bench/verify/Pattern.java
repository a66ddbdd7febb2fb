package hak.bench.verify;

import hak.core.inside.RawAccess;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The content of a block: word {@code i} is {@code seed + i * STEP}, so every block and every place
 * in it has a content of its own, and a shifted copy shows as well as a lost one.
 */
public final class Pattern {
  /** Nothing differs. */
  public static final long NONE = -1;

  private static final MemorySegment MEMORY = RawAccess.everything();
  private static final long STEP = 0x9E3779B97F4A7C15L;
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

  private Pattern() {}

  /** The seed of a block: Stafford's mix of its thread and id. */
  static long seed(int thread, long id) {
    long z = ((long) thread << 48) + id + STEP;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** Writes the first {@code bytes} of a block. */
  public static void fill(long address, long bytes, long seed) {
    long value = seed;
    long at = 0;
    for (; at + Long.BYTES <= bytes; at += Long.BYTES) {
      MEMORY.set(WORD, address + at, value);
      value += STEP;
    }
    for (; at < bytes; at++) {
      MEMORY.set(ValueLayout.JAVA_BYTE, address + at, byteOf(seed, at));
    }
  }

  /**
   * The offset of the first of {@code bytes} bytes that is not as {@link #fill} left it, or {@link
   * #NONE}.
   */
  public static long difference(long address, long bytes, long seed) {
    return differs(address, bytes, seed, STEP);
  }

  /** The offset of the first byte that is not zero, or {@link #NONE}. */
  public static long nonZero(long address, long bytes) {
    return differs(address, bytes, 0, 0);
  }

  private static long differs(long address, long bytes, long seed, long step) {
    long value = seed;
    long at = 0;
    while (at + Long.BYTES <= bytes && MEMORY.get(WORD, address + at) == value) {
      value += step;
      at += Long.BYTES;
    }
    for (; at < bytes; at++) {
      byte expected = (byte) (value >>> (8 * (at & 7)));
      if (byteAt(address + at) != expected) {
        return at;
      }
    }
    return NONE;
  }

  /** The byte at an offset of a filled block. */
  public static byte byteOf(long seed, long offset) {
    return (byte) ((seed + (offset >>> 3) * STEP) >>> (8 * (offset & 7)));
  }

  /** The byte at an address. */
  public static byte byteAt(long address) {
    return MEMORY.get(ValueLayout.JAVA_BYTE, address);
  }
}
