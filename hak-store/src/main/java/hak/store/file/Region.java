package hak.store.file;

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
public record Region(MemorySegment memory) {
  private static final VarHandle INT = JAVA_INT.varHandle();
  private static final VarHandle LONG = JAVA_LONG.varHandle();

  public int getInt(long offset) {
    return (int) INT.get(memory, offset);
  }

  public void putInt(long offset, int value) {
    INT.set(memory, offset, value);
  }

  public int getIntVolatile(long offset) {
    return (int) INT.getVolatile(memory, offset);
  }

  public void putIntVolatile(long offset, int value) {
    INT.setVolatile(memory, offset, value);
  }

  public int addInt(long offset, int value) {
    return (int) INT.getAndAdd(memory, offset, value) + value;
  }

  public boolean casInt(long offset, int expected, int value) {
    return (int) INT.getVolatile(memory, offset) == expected
        && INT.compareAndSet(memory, offset, expected, value);
  }

  public long getLong(long offset) {
    return (long) LONG.get(memory, offset);
  }

  public void putLong(long offset, long value) {
    LONG.set(memory, offset, value);
  }

  public long getLongVolatile(long offset) {
    return (long) LONG.getVolatile(memory, offset);
  }

  public void putLongVolatile(long offset, long value) {
    LONG.setVolatile(memory, offset, value);
  }

  public boolean casLong(long offset, long expected, long value) {
    return (long) LONG.getVolatile(memory, offset) == expected
        && LONG.compareAndSet(memory, offset, expected, value);
  }

  public byte[] bytes(long offset, int length) {
    byte[] copy = new byte[length];
    MemorySegment.copy(memory, offset, MemorySegment.ofArray(copy), 0, length);
    return copy;
  }

  public boolean matches(long offset, byte[] bytes) {
    MemorySegment other = MemorySegment.ofArray(bytes);
    return MemorySegment.mismatch(memory, offset, offset + bytes.length, other, 0, bytes.length)
        == -1;
  }

  public void putBytes(long offset, byte[] bytes) {
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, offset, bytes.length);
  }
}
