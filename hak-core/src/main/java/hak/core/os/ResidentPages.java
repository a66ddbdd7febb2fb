package hak.core.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * What {@code mincore(2)} answers in: a byte for each page, whose lowest bit says whether the page
 * is there. One buffer for all, used by one thread at a time.
 */
final class ResidentPages {
  /** Bytes of a page of this system. */
  private static final long PAGE_BYTES = pageBytes();

  /** Bytes whose answer the buffer holds. */
  static final long SPAN_BYTES = 65_536 * PAGE_BYTES;

  /** Never given back: it serves every stack. */
  private static final MemorySegment BUFFER = Arena.global().allocate(SPAN_BYTES / PAGE_BYTES, 8);

  /** The answer about one page, which waits for no long one; used under its own lock. */
  private static final MemorySegment ANSWER = Arena.global().allocate(1);

  private static final Object ANSWER_LOCK = new Object();
  private static final long ANSWER_ADDRESS = ANSWER.address();

  private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;

  private ResidentPages() {}

  private static long pageBytes() {
    Linker linker = Linker.nativeLinker();
    try {
      return (int)
          linker
              .downcallHandle(
                  CLibrary.find("getpagesize"), FunctionDescriptor.of(ValueLayout.JAVA_INT))
              .invokeExact();
    } catch (Throwable e) {
      throw NativeCall.thrown(e);
    }
  }

  /** Asks the system to answer in the buffer; false when it does not. */
  interface Question {
    boolean ask(MemorySegment answer);
  }

  /** How many of {@code bytes}, at most {@link #SPAN_BYTES}, are there; -1 without an answer. */
  static synchronized long bytesThere(long bytes, Question question) {
    return question.ask(BUFFER)
        ? Math.min(count(Math.ceilDiv(bytes, PAGE_BYTES)) * PAGE_BYTES, bytes)
        : -1;
  }

  /**
   * Whether the page at an address is known not to be there. Needs no Java heap.
   *
   * @param mincore linked with the address of the answer as a number
   */
  static boolean isAbsent(MethodHandle mincore, long address) {
    synchronized (ANSWER_LOCK) {
      try {
        return (int) mincore.invokeExact(address & -PAGE_BYTES, 1L, ANSWER_ADDRESS) == 0
            && (ANSWER.get(ValueLayout.JAVA_BYTE, 0) & 1) == 0;
      } catch (Throwable e) {
        throw NativeCall.thrown(e);
      }
    }
  }

  /** How many of the first {@code pages} are there. */
  private static long count(long pages) {
    long whole = pages / Long.BYTES;
    long there = 0;
    for (long i = 0; i < whole; i++) {
      there += Long.bitCount(BUFFER.getAtIndex(ValueLayout.JAVA_LONG, i) & LOWEST_BITS);
    }
    for (long page = whole * Long.BYTES; page < pages; page++) {
      there += BUFFER.get(ValueLayout.JAVA_BYTE, page) & 1;
    }
    return there;
  }
}
