package hak.bench.record;

import hak.bench.trace.TraceEvents;
import hak.bench.trace.TraceException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * What {@code recorder.c} wrote, or the box {@code recorder}; the layout is drawn there. One thread
 * reads it, after the recorded process has ended.
 *
 * <p>Threads are numbered anew in the order in which they appear: those of Java have numbers with
 * gaps.
 */
final class RawRecording implements AutoCloseable {
  private static final byte[] MAGIC = "HAKRAW01".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 4096;
  private static final int ENTRY_BYTES = 24;

  private static final int ENTRIES = 8;
  private static final int PROCESS = 16;
  private static final int ENDED_BY = 24;
  private static final int LIMIT = 32;

  private static final int SIZE = 8;
  private static final int THREAD = 16;
  private static final int OPERATION = 20;
  private static final int LOG2 = 21;

  private static final int UNFINISHED = 0;
  private static final int MALLOC = 1;
  private static final int CALLOC = 2;
  private static final int ALIGNED = 3;
  private static final int FREE = 4;
  private static final int REALLOC_BEGIN = 5;
  private static final int REALLOC_END = 6;

  private final Path path;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment file;
  private final long entries;

  /**
   * Makes the file that a process is to write.
   *
   * @param entryLimit after so many entries the recording ends; the program goes on
   */
  static void create(Path file, long entryLimit) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.nativeOrder());
    header.put(MAGIC).putLong(LIMIT, entryLimit).rewind();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (header.hasRemaining()) {
        channel.write(header);
      }
    }
  }

  /**
   * Opens what a process has written.
   *
   * @throws TraceException if it is no recording
   */
  RawRecording(Path path) throws IOException {
    this.path = path;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
    if (file.byteSize() < HEADER_BYTES
        || file.asSlice(0, MAGIC.length).mismatch(MemorySegment.ofArray(MAGIC)) >= 0) {
      arena.close();
      throw new TraceException(path.toString(), 0, "not a recording", null);
    }
    long room = (file.byteSize() - HEADER_BYTES) / ENTRY_BYTES;
    long taken = Math.min(longAt(ENTRIES), longAt(LIMIT)); // one that finds no room is counted too
    entries = Math.min(taken, room);
  }

  private long longAt(long offset) {
    return file.get(ValueLayout.JAVA_LONG, offset);
  }

  /** The process that was recorded; 0 when none loaded the recorder. */
  int process() {
    return file.get(ValueLayout.JAVA_INT, PROCESS);
  }

  /** The errno that ended the recording before the process did; 0 when nothing did. */
  int endedBy() {
    return file.get(ValueLayout.JAVA_INT, ENDED_BY);
  }

  /**
   * Tells the calls.
   *
   * @return what of them cannot be told
   */
  LeftOut replay(TraceEvents sink) {
    BlockNumbers numbers = new BlockNumbers(sink);
    Map<Integer, Integer> threads = new HashMap<>();
    long unfinished = 0;
    for (long i = 0; i < entries; i++) {
      long entry = HEADER_BYTES + i * ENTRY_BYTES;
      byte operation = file.get(ValueLayout.JAVA_BYTE, entry + OPERATION);
      if (operation == UNFINISHED) {
        unfinished++;
        continue;
      }
      long address = longAt(entry);
      long size = longAt(entry + SIZE);
      int number = file.get(ValueLayout.JAVA_INT, entry + THREAD);
      int thread = threads.computeIfAbsent(number, _ -> threads.size());
      int log2 = file.get(ValueLayout.JAVA_BYTE, entry + LOG2);
      switch (operation) {
        case MALLOC -> numbers.malloc(thread, address, size);
        case CALLOC -> numbers.calloc(thread, address, size);
        case ALIGNED -> numbers.aligned(thread, address, log2, size);
        case FREE -> numbers.free(thread, address);
        case REALLOC_BEGIN -> numbers.beginRealloc(thread, address);
        case REALLOC_END -> numbers.endRealloc(thread, address, size);
        default ->
            throw new TraceException(path.toString(), entry + OPERATION, "no such operation", null);
      }
    }
    return new LeftOut(numbers.unknownEnds(), numbers.missedEnds(), numbers.tooLarge(), unfinished);
  }

  @Override
  public void close() {
    arena.close();
  }
}
