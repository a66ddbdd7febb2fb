package hak.store.file;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import hak.core.inside.RawAccess;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * The mapped file as words. Offsets come from the file itself, so each is checked against the
 * length of the mapping here; that the mapping is still there is the caller's business.
 *
 * <p>A word is accessed by its address, through a segment that is a constant: one comparison and
 * one load or store are left of it. Through the mapping's own segment an access is some hundred
 * nodes to the compiler, which then inlines less of what is around it. The price is that an access
 * after the mapping has gone is no exception: whoever accesses holds it, as a user that is counted
 * ({@code Users}). Where assertions are enabled, as in all tests, one that comes too late throws
 * IllegalStateException.
 *
 * <p>When the file was truncated, an access raises a signal that the JVM turns into an
 * InternalError, with one exception: a compare-and-set run by the interpreter kills the JVM. So
 * each compare-and-set here is preceded by a read of its word, which takes the signal instead.
 *
 * <p>{@code Volatile} accesses are sequentially consistent, between processes too.
 */
public final class Region {
  /** All memory; null where native access is not allowed, and then the mapping serves. */
  private static final MemorySegment EVERYTHING = everything();

  private static final VarHandle INT = JAVA_INT.varHandle();
  private static final VarHandle LONG = JAVA_LONG.varHandle();

  private final MemorySegment memory;
  private final long address;
  private final long length;

  private Region(MemorySegment memory) {
    this.memory = memory;
    address = memory.address();
    length = memory.byteSize();
  }

  /** That of a whole file, mapped or otherwise outside of the Java heap. */
  public static Region of(MemorySegment memory) {
    if (!memory.isNative()) {
      throw new IllegalArgumentException("not outside of the Java heap: " + memory);
    }
    return new Region(memory);
  }

  /** The whole file. */
  public MemorySegment memory() {
    return memory;
  }

  private static MemorySegment everything() {
    try {
      return RawAccess.everything();
    } catch (IllegalCallerException | LinkageError e) {
      return null;
    }
  }

  /** What a word is accessed through, at {@link #at}. */
  private MemorySegment words() {
    return EVERYTHING == null ? memory : EVERYTHING;
  }

  private long at(long offset, int bytes) {
    assert isThere();
    long checked = Objects.checkIndex(offset, length - bytes + 1);
    return EVERYTHING == null ? checked : address + checked;
  }

  private boolean isThere() {
    if (!memory.scope().isAlive()) {
      throw new IllegalStateException("the mapping has gone");
    }
    return true;
  }

  private long intAt(long offset) {
    return at(offset, Integer.BYTES);
  }

  private long longAt(long offset) {
    return at(offset, Long.BYTES);
  }

  public int getInt(long offset) {
    return (int) INT.get(words(), intAt(offset));
  }

  public void putInt(long offset, int value) {
    INT.set(words(), intAt(offset), value);
  }

  public int getIntVolatile(long offset) {
    return (int) INT.getVolatile(words(), intAt(offset));
  }

  public void putIntVolatile(long offset, int value) {
    INT.setVolatile(words(), intAt(offset), value);
  }

  public int addInt(long offset, int value) {
    return (int) INT.getAndAdd(words(), intAt(offset), value) + value;
  }

  public boolean casInt(long offset, int expected, int value) {
    return getIntVolatile(offset) == expected
        && INT.compareAndSet(words(), intAt(offset), expected, value);
  }

  public long getLong(long offset) {
    return (long) LONG.get(words(), longAt(offset));
  }

  public void putLong(long offset, long value) {
    LONG.set(words(), longAt(offset), value);
  }

  public long getLongVolatile(long offset) {
    return (long) LONG.getVolatile(words(), longAt(offset));
  }

  public void putLongVolatile(long offset, long value) {
    LONG.setVolatile(words(), longAt(offset), value);
  }

  public boolean casLong(long offset, long expected, long value) {
    return getLongVolatile(offset) == expected
        && LONG.compareAndSet(words(), longAt(offset), expected, value);
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
