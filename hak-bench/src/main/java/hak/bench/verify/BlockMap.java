package hak.bench.verify;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which addresses belong to a live block: one bit for every 8 bytes, in chunks of 1 MiB that exist
 * once they are needed. Any thread may call any method; a bit is set by one thread only, so of two
 * threads that are given overlapping blocks at the same time at least one finds out.
 */
final class BlockMap {
  private static final int UNIT_SHIFT = 3;
  private static final int CHUNK_SHIFT = 20;
  private static final int WORD_UNITS_SHIFT = 6;
  private static final int CHUNK_WORDS = 1 << (CHUNK_SHIFT - UNIT_SHIFT - WORD_UNITS_SHIFT);
  private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);

  private final ConcurrentHashMap<Long, long[]> chunks = new ConcurrentHashMap<>();

  /** Marks a block; returns an address within it that was marked before, 0 if there is none. */
  long mark(long address, long bytes) {
    long last = lastUnit(address, bytes);
    for (long unit = address >>> UNIT_SHIFT; unit <= last; unit = nextWord(unit)) {
      long mask = mask(unit, last);
      long before = (long) WORDS.getAndBitwiseOr(chunk(unit), word(unit), mask);
      if ((before & mask) != 0) {
        long firstOfWord = unit & -(1 << WORD_UNITS_SHIFT);
        return (firstOfWord + Long.numberOfTrailingZeros(before & mask)) << UNIT_SHIFT;
      }
    }
    return 0;
  }

  /** Takes the marks of a block away. */
  void unmark(long address, long bytes) {
    long last = lastUnit(address, bytes);
    for (long unit = address >>> UNIT_SHIFT; unit <= last; unit = nextWord(unit)) {
      WORDS.getAndBitwiseAnd(chunk(unit), word(unit), ~mask(unit, last));
    }
  }

  /** A block of no bytes takes up one unit: it has an address of its own. */
  private static long lastUnit(long address, long bytes) {
    return (address + Math.max(bytes, 1) - 1) >>> UNIT_SHIFT;
  }

  private static long nextWord(long unit) {
    return ((unit >>> WORD_UNITS_SHIFT) + 1) << WORD_UNITS_SHIFT;
  }

  /** The bits from {@code unit} to the end of its word or to {@code last}. */
  private static long mask(long unit, long last) {
    long mask = -1L << unit;
    boolean endsHere = unit >>> WORD_UNITS_SHIFT == last >>> WORD_UNITS_SHIFT;
    return endsHere ? mask & -1L >>> ~last : mask;
  }

  private long[] chunk(long unit) {
    Long index = unit >>> (CHUNK_SHIFT - UNIT_SHIFT);
    long[] chunk = chunks.get(index);
    return chunk != null ? chunk : chunks.computeIfAbsent(index, _ -> new long[CHUNK_WORDS]);
  }

  private static int word(long unit) {
    return (int) (unit >>> WORD_UNITS_SHIFT) & (CHUNK_WORDS - 1);
  }
}
