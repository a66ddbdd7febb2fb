package hak.core.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The one door to off-heap memory: everything inside a stack is a <i>ref</i>, and every access is
 * one load or store.
 *
 * <p>A ref is an unsigned 32-bit number of 8-byte units counted from the base of the stack's
 * reservation; 0 is the base itself, which is never a block, so 0 means "none".
 *
 * <p><b>Why no bounds check is left.</b> {@code bytes(ref)} lies in [0, 2^35 - 8] whatever the ref,
 * and the segment is {@link #SPAN_BYTES} long, which is longer than any such offset plus the
 * largest field. C2 sees both ranges and drops the comparison; the accesses stay ordinary, checked
 * FFM code. That holds only while this record is a constant of the compiled method, so boxes keep
 * it in a record component and never in an ordinary field.
 *
 * <p>Nothing beyond the stack's reservation can be reached through it (see {@link Reservation}).
 * Where the system refused to reserve all that refs can name, the segment ends with what is
 * reserved, the comparison stays, and an access beyond throws {@link IndexOutOfBoundsException}.
 *
 * <p>Any thread may call any method. Plain accesses have plain Java semantics; those named {@code
 * Volatile}, {@code compareAndSet} and {@code getAndSet} are the orders of {@link VarHandle}.
 *
 * @param base address of ref 0, a multiple of 2 MiB
 * @param segment {@link #SPAN_BYTES} bytes from {@code base} on, or as many as are reserved, always
 *     accessible as far as the scope is concerned
 */
public record Memory(long base, MemorySegment segment) {
  /** Bytes in one unit of a ref. */
  public static final int UNIT_BYTES = 8;

  /** log2 of {@link #UNIT_BYTES}. */
  public static final int UNIT_SHIFT = 3;

  /** Bytes that refs can name: 2^32 units. */
  public static final long REF_SPAN_BYTES = 1L << (32 + UNIT_SHIFT);

  /**
   * Length of {@link #segment} as a rule: what refs can name, plus room for a field of the last
   * one.
   */
  public static final long SPAN_BYTES = REF_SPAN_BYTES + 4096;

  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final VarHandle INT_HANDLE = ValueLayout.JAVA_INT.varHandle();
  private static final VarHandle LONG_HANDLE = ValueLayout.JAVA_LONG.varHandle();

  static {
    linkAll(new Memory(0, Arena.global().allocate(Long.BYTES, Long.BYTES)));
  }

  /**
   * Makes each access that goes through a handle once. The first one is linked, which takes room in
   * the Java heap and on the stack: there is none where a block is on its way.
   */
  private static void linkAll(Memory scratch) {
    scratch.putIntVolatile(0, 0, scratch.getIntVolatile(0, 0));
    scratch.compareAndSetInt(0, 0, scratch.getAndSetInt(0, 0, 0), 0);
    scratch.putLongVolatile(0, 0, scratch.getLongVolatile(0, 0));
    scratch.compareAndSetLong(0, 0, scratch.getAndSetLong(0, 0, 0), 0);
  }

  private static long bytes(int ref) {
    return (ref & 0xFFFF_FFFFL) << UNIT_SHIFT;
  }

  /** The address that a ref stands for. */
  public long address(int ref) {
    return base + bytes(ref);
  }

  /**
   * The ref of an address that is known to lie in the reservation; the low three bits are dropped.
   */
  public static int refOfOffset(long offsetBytes) {
    return (int) (offsetBytes >>> UNIT_SHIFT);
  }

  /** The byte at {@code ref} + {@code offset} bytes. */
  public byte getByte(int ref, long offset) {
    return segment.get(BYTE, bytes(ref) + offset);
  }

  /** Sets the byte at {@code ref} + {@code offset} bytes. */
  public void putByte(int ref, long offset, byte value) {
    segment.set(BYTE, bytes(ref) + offset, value);
  }

  /** The 16-bit number at {@code ref} + {@code offset} bytes. */
  public short getShort(int ref, long offset) {
    return segment.get(SHORT, bytes(ref) + offset);
  }

  /** Sets the 16-bit number at {@code ref} + {@code offset} bytes. */
  public void putShort(int ref, long offset, short value) {
    segment.set(SHORT, bytes(ref) + offset, value);
  }

  /** The 32-bit number at {@code ref} + {@code offset} bytes. */
  public int getInt(int ref, long offset) {
    return segment.get(INT, bytes(ref) + offset);
  }

  /** Sets the 32-bit number at {@code ref} + {@code offset} bytes. */
  public void putInt(int ref, long offset, int value) {
    segment.set(INT, bytes(ref) + offset, value);
  }

  /** The 64-bit number at {@code ref} + {@code offset} bytes. */
  public long getLong(int ref, long offset) {
    return segment.get(LONG, bytes(ref) + offset);
  }

  /** Sets the 64-bit number at {@code ref} + {@code offset} bytes. */
  public void putLong(int ref, long offset, long value) {
    segment.set(LONG, bytes(ref) + offset, value);
  }

  /**
   * The 32-bit number at {@code ref} + {@code offset} bytes, read volatile; the offset is a
   * multiple of 4.
   */
  public int getIntVolatile(int ref, long offset) {
    return (int) INT_HANDLE.getVolatile(segment, bytes(ref) + offset);
  }

  /** Sets the 32-bit number, written volatile; the offset is a multiple of 4. */
  public void putIntVolatile(int ref, long offset, int value) {
    INT_HANDLE.setVolatile(segment, bytes(ref) + offset, value);
  }

  /** Compares and sets a 32-bit number, volatile; the offset is a multiple of 4. */
  public boolean compareAndSetInt(int ref, long offset, int expected, int value) {
    return INT_HANDLE.compareAndSet(segment, bytes(ref) + offset, expected, value);
  }

  /** Sets a 32-bit number and returns the one before, volatile; the offset is a multiple of 4. */
  public int getAndSetInt(int ref, long offset, int value) {
    return (int) INT_HANDLE.getAndSet(segment, bytes(ref) + offset, value);
  }

  /**
   * The 64-bit number at {@code ref} + {@code offset} bytes, read volatile; the offset is a
   * multiple of 8.
   */
  public long getLongVolatile(int ref, long offset) {
    return (long) LONG_HANDLE.getVolatile(segment, bytes(ref) + offset);
  }

  /** Sets the 64-bit number, written volatile; the offset is a multiple of 8. */
  public void putLongVolatile(int ref, long offset, long value) {
    LONG_HANDLE.setVolatile(segment, bytes(ref) + offset, value);
  }

  /** Compares and sets a 64-bit number, volatile; the offset is a multiple of 8. */
  public boolean compareAndSetLong(int ref, long offset, long expected, long value) {
    return LONG_HANDLE.compareAndSet(segment, bytes(ref) + offset, expected, value);
  }

  /** Sets a 64-bit number and returns the one before, volatile; the offset is a multiple of 8. */
  public long getAndSetLong(int ref, long offset, long value) {
    return (long) LONG_HANDLE.getAndSet(segment, bytes(ref) + offset, value);
  }
}
