package hak.core.inside;

import java.lang.foreign.MemorySegment;

/**
 * All memory of the process as one segment, for code that works with addresses: replay loops,
 * verifiers, adapters. An access through it is not checked against any block; programs use the
 * segment API instead.
 */
public final class RawAccess {
  private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private RawAccess() {}

  /** The segment whose offsets are addresses. */
  public static MemorySegment everything() {
    return EVERYTHING;
  }

  /** Copies {@code bytes} bytes between two addresses whose ranges do not overlap. */
  public static void copy(long from, long to, long bytes) {
    MemorySegment.copy(EVERYTHING, from, EVERYTHING, to, bytes);
  }

  /** Fills {@code bytes} bytes with zeros. */
  public static void zero(long address, long bytes) {
    EVERYTHING.asSlice(address, bytes).fill((byte) 0);
  }
}
