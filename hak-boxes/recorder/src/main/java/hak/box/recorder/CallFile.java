package hak.box.recorder;

import hak.core.spi.CallLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of calls in the format of {@code ./hak record}, whose library in C writes the same ({@code
 * recorder.c} of hak.bench).
 *
 * <pre>
 *   header, one page                          entry, 24 bytes, from byte 4096 on
 *   0   "HAKRAW01"                            0   u64 address
 *   8   u64 entries taken so far              8   u64 size
 *   16  u32 process                           16  u32 thread
 *   24  u32 errno that ended it, 0 = none     20  u8 operation, written last; 0 = never finished
 *   32  u64 most entries                      21  u8 log2 of the alignment
 * </pre>
 *
 * <p><b>Concurrency.</b> The number of an entry is the place in the order of calls, taken by one
 * atomic addition. The file is mapped and shared with the system, so what was recorded is there
 * however the process ends, and nothing needs to be closed. It grows in chunks, each written with
 * zeros before it is mapped: a disk that is full ends the recording, and not the program.
 */
final class CallFile implements CallLog {
  private static final byte[] MAGIC = "HAKRAW01".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 4096;
  private static final int ENTRIES = 8;
  private static final int PROCESS = 16;
  private static final int ENDED_BY = 24;
  private static final int LIMIT = 32;

  private static final int ENTRY_BYTES = 24;
  private static final int SIZE = 8;
  private static final int THREAD = 16;
  private static final int OPERATION = 20;
  private static final int LOG2 = 21;

  private static final int CHUNK_SHIFT = 17;
  private static final long CHUNK_ENTRIES = 1L << CHUNK_SHIFT;
  private static final long CHUNK_BYTES = CHUNK_ENTRIES * ENTRY_BYTES;

  private static final int TOO_MANY = 27;
  private static final int NO_SPACE = 28;

  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
  private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();
  private static final VarHandle CHUNK = MethodHandles.arrayElementVarHandle(MemorySegment[].class);

  private final Path file;
  private final long limit;
  private final MemorySegment header;
  private final MemorySegment[] chunks;
  private final ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 16);
  private volatile boolean ended;

  private CallFile(Path file, long limit) throws IOException {
    this.file = file;
    this.limit = limit;
    this.chunks = new MemorySegment[(int) Math.ceilDiv(limit, CHUNK_ENTRIES)];
    this.header = grow(0, HEADER_BYTES);
    chunks[0] = grow(HEADER_BYTES, CHUNK_BYTES);
    MemorySegment.copy(MAGIC, 0, header, ValueLayout.JAVA_BYTE, 0, MAGIC.length);
    header.set(ValueLayout.JAVA_LONG, LIMIT, limit);
    header.set(ValueLayout.JAVA_INT, PROCESS, (int) ProcessHandle.current().pid());
    rehearse();
  }

  /** Has the code run once, so that nothing is linked or loaded at the end of somebody's stack. */
  private void rehearse() {
    tell(next(), Call.FREE, 0, 0, 1);
    chunks[0].asSlice(0, ENTRY_BYTES).fill((byte) 0);
    header.set(ValueLayout.JAVA_LONG, ENTRIES, 0);
  }

  /**
   * Makes a file, and writes over none.
   *
   * @throws UncheckedIOException if it cannot be made
   */
  static CallFile create(Path wanted, long limit) {
    try {
      Path file = wanted;
      for (int number = 2; !isNew(file); number++) {
        file = numbered(wanted, number);
      }
      return new CallFile(file, limit);
    } catch (IOException e) {
      throw new UncheckedIOException("recorder: cannot write " + wanted + ": " + e, e);
    }
  }

  /** Makes a file, unless there is one. */
  private static boolean isNew(Path file) throws IOException {
    try (FileChannel _ =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  /** {@code calls-2.raw}. */
  private static Path numbered(Path file, int number) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    int end = dot <= 0 ? name.length() : dot;
    return file.resolveSibling(name.substring(0, end) + "-" + number + name.substring(end));
  }

  @Override
  public long next() {
    if (ended) {
      return NONE;
    }
    long place = (long) LONG.getAndAdd(header, (long) ENTRIES, 1L);
    if (place >= limit) {
      end(TOO_MANY);
      return NONE;
    }
    return chunk(place) == null && !addChunk(place) ? NONE : place;
  }

  private MemorySegment chunk(long place) {
    return (MemorySegment) CHUNK.getAcquire(chunks, (int) (place >> CHUNK_SHIFT));
  }

  /** Makes room for a place; false when the recording is over. */
  private synchronized boolean addChunk(long place) {
    if (chunk(place) != null) {
      return true;
    }
    if (ended) {
      return false;
    }
    int number = (int) (place >> CHUNK_SHIFT);
    try {
      CHUNK.setRelease(chunks, number, grow(HEADER_BYTES + number * CHUNK_BYTES, CHUNK_BYTES));
      return true;
    } catch (IOException e) {
      end(NO_SPACE);
      return false;
    }
  }

  private void end(int why) {
    ended = true;
    INT.compareAndSet(header, (long) ENDED_BY, 0, why);
  }

  /**
   * Writes and maps a part of the file. An interrupt of the program's thread, which would close a
   * channel, is put off.
   */
  private MemorySegment grow(long from, long bytes) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return tryGrow(from, bytes);
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private MemorySegment tryGrow(long from, long bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      for (long at = from; at < from + bytes; ) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), from + bytes - at));
        at += channel.write(zeros, at);
      }
      return channel.map(FileChannel.MapMode.READ_WRITE, from, bytes, Arena.ofAuto());
    }
  }

  @Override
  public void tell(long place, Call call, long address, long size, long alignment) {
    MemorySegment chunk = chunk(place);
    long entry = (place & (CHUNK_ENTRIES - 1)) * ENTRY_BYTES;
    chunk.set(ValueLayout.JAVA_LONG, entry, address);
    chunk.set(ValueLayout.JAVA_LONG, entry + SIZE, size);
    chunk.set(ValueLayout.JAVA_INT, entry + THREAD, (int) Thread.currentThread().threadId());
    chunk.set(ValueLayout.JAVA_BYTE, entry + LOG2, (byte) Long.numberOfTrailingZeros(alignment));
    BYTE.setRelease(chunk, entry + OPERATION, operation(call));
  }

  private static byte operation(Call call) {
    return switch (call) {
      case MALLOC -> 1;
      case CALLOC -> 2;
      case ALIGNED -> 3;
      case FREE -> 4;
      case REALLOC_BEGIN -> 5;
      case REALLOC_END -> 6;
    };
  }
}
