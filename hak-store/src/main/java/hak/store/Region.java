package hak.store;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The mapped file as words. Offsets are checked against the mapping by the segment.
 *
 * <p>When the file was truncated, an access raises a signal that the JVM turns into an
 * InternalError, with one exception: a compare-and-set run by the interpreter kills the JVM. So
 * each compare-and-set here is preceded by a read of its word, which takes the signal instead.
 *
 * <p>{@code Volatile} accesses are sequentially consistent, between processes too.
 *
 * @param memory the whole file
 */
record Region(MemorySegment memory) {
  private static final VarHandle INT = JAVA_INT.varHandle();
  private static final VarHandle LONG = JAVA_LONG.varHandle();

  int getInt(long offset) {
    return (int) INT.get(memory, offset);
  }

  void putInt(long offset, int value) {
    INT.set(memory, offset, value);
  }

  int getIntVolatile(long offset) {
    return (int) INT.getVolatile(memory, offset);
  }

  void putIntVolatile(long offset, int value) {
    INT.setVolatile(memory, offset, value);
  }

  int addInt(long offset, int value) {
    return (int) INT.getAndAdd(memory, offset, value) + value;
  }

  boolean casInt(long offset, int expected, int value) {
    return (int) INT.getVolatile(memory, offset) == expected
        && INT.compareAndSet(memory, offset, expected, value);
  }

  long getLong(long offset) {
    return (long) LONG.get(memory, offset);
  }

  void putLong(long offset, long value) {
    LONG.set(memory, offset, value);
  }

  long getLongVolatile(long offset) {
    return (long) LONG.getVolatile(memory, offset);
  }

  void putLongVolatile(long offset, long value) {
    LONG.setVolatile(memory, offset, value);
  }

  boolean casLong(long offset, long expected, long value) {
    return (long) LONG.getVolatile(memory, offset) == expected
        && LONG.compareAndSet(memory, offset, expected, value);
  }

  byte[] bytes(long offset, int length) {
    byte[] copy = new byte[length];
    MemorySegment.copy(memory, offset, MemorySegment.ofArray(copy), 0, length);
    return copy;
  }

  boolean matches(long offset, byte[] bytes) {
    MemorySegment other = MemorySegment.ofArray(bytes);
    return MemorySegment.mismatch(memory, offset, offset + bytes.length, other, 0, bytes.length)
        == -1;
  }

  void putBytes(long offset, byte[] bytes) {
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, offset, bytes.length);
  }
}
