package hak.bench.trace;

import java.util.Arrays;

/**
 * Decodes one trace, checking everything, and tells its events.
 *
 * <pre>
 *   header, 32 bytes, little endian        event
 *   0   "HAKTRACE"                         u8 head: bits 0-2 operation, bit 3 a thread number follows
 *   8   u32 version = 1                    varint thread                         if bit 3
 *   12  u32 threads                        malloc, calloc: varint size
 *   16  u64 events                         aligned: u8 log2 of the alignment, varint size
 *   24  u64 ids                            free: varint d         block id = next id - d
 *                                          realloc: varint d, varint size
 * </pre>
 */
final class TraceReader {
  static final byte[] MAGIC = {'H', 'A', 'K', 'T', 'R', 'A', 'C', 'E'};
  static final int VERSION = 1;
  static final int HEADER_BYTES = 32;
  private static final long VERSION_OFFSET = 8;
  private static final long THREADS_OFFSET = 12;
  private static final long EVENTS_OFFSET = 16;
  private static final long IDS_OFFSET = 24;

  private static final int OP_MASK = 7;
  static final int THREAD_FOLLOWS = 8;
  private static final int UNUSED_BITS = 0xF0;
  private static final int DEAD = -1;

  /** An alignment up to that of the largest block. */
  private static final int MAX_LOG2 = Long.numberOfTrailingZeros(Program.MAX_SIZE_BYTES);

  private final TraceBytes in;
  private final TraceEvents sink;
  private int[] blockOfId = new int[1024];
  private int nextId;
  private long threads;

  TraceReader(TraceBytes in, TraceEvents sink) {
    this.in = in;
    this.sink = sink;
  }

  void read() {
    for (byte expected : MAGIC) {
      long offset = in.offset();
      if (in.next() != expected) {
        throw in.error(offset, "not a trace: it does not begin with HAKTRACE");
      }
    }
    long version = in.littleEndian(4);
    if (version != VERSION) {
      throw in.error(VERSION_OFFSET, "version " + version + ", only " + VERSION + " is known");
    }
    threads = in.littleEndian(4);
    if (threads == 0) {
      throw in.error(THREADS_OFFSET, "0 threads");
    }
    long events = in.littleEndian(8);
    if (Long.compareUnsigned(events, EventList.MAX_EVENTS) > 0) {
      throw in.error(
          EVENTS_OFFSET,
          Long.toUnsignedString(events) + " events, the limit is " + EventList.MAX_EVENTS);
    }
    long ids = in.littleEndian(8);
    if (Long.compareUnsigned(ids, events) > 0) {
      throw in.error(IDS_OFFSET, Long.toUnsignedString(ids) + " ids in " + events + " events");
    }
    readEvents(events);
    if (nextId != ids) {
      throw in.error(IDS_OFFSET, ids + " ids announced, the events make " + nextId);
    }
  }

  private void readEvents(long events) {
    for (long i = 0; i < events; i++) {
      if (in.atEnd()) {
        throw in.error(in.offset(), "truncated: " + i + " of " + events + " events");
      }
      in.beginEvent(i);
      readEvent();
    }
    if (!in.atEnd()) {
      throw in.error(in.offset(), "trailing bytes after the last of " + events + " events");
    }
  }

  private void readEvent() {
    long offset = in.offset();
    int head = in.next();
    if ((head & UNUSED_BITS) != 0) {
      throw in.error(
          offset, String.format("unused bits set in 0x%02x, head of %s", head, in.place()));
    }
    if ((head & THREAD_FOLLOWS) != 0) {
      readThread();
    }
    switch (head & OP_MASK) {
      case Program.MALLOC -> create(sink.malloc(readSize()));
      case Program.CALLOC -> create(sink.calloc(readSize()));
      case Program.ALIGNED -> create(sink.aligned(readLog2(), readSize()));
      case Program.FREE -> sink.free(readBlock());
      case Program.REALLOC -> create(sink.realloc(readBlock(), readSize()));
      default -> throw in.error(offset, "operation " + (head & OP_MASK) + " in " + in.place());
    }
  }

  private void create(int block) {
    if (nextId == blockOfId.length) {
      blockOfId = Arrays.copyOf(blockOfId, 2 * nextId);
    }
    blockOfId[nextId++] = block;
  }

  private void readThread() {
    long offset = in.offset();
    long thread = in.varint();
    if (Long.compareUnsigned(thread, threads) >= 0) {
      throw in.error(
          offset,
          "thread " + Long.toUnsignedString(thread) + " of " + threads + " in " + in.place());
    }
    sink.thread((int) thread);
  }

  private long readSize() {
    long offset = in.offset();
    long size = in.varint();
    if (Long.compareUnsigned(size, Program.MAX_SIZE_BYTES) > 0) {
      throw in.error(
          offset,
          "size "
              + Long.toUnsignedString(size)
              + " in "
              + in.place()
              + ", the limit is 2^"
              + MAX_LOG2);
    }
    return size;
  }

  private int readLog2() {
    long offset = in.offset();
    int log2 = in.next();
    if (log2 > MAX_LOG2) {
      throw in.error(
          offset, "alignment 2^" + log2 + " in " + in.place() + ", the limit is 2^" + MAX_LOG2);
    }
    return log2;
  }

  /** The block that an event ends, as the sink numbers it. */
  private int readBlock() {
    long offset = in.offset();
    long distance = in.varint();
    if (distance < 1 || distance > nextId) {
      throw in.error(
          offset,
          "no block "
              + Long.toUnsignedString(distance)
              + " before id "
              + nextId
              + " in "
              + in.place());
    }
    int id = (int) (nextId - distance);
    int block = blockOfId[id];
    if (block == DEAD) {
      throw in.error(offset, "block " + id + " is dead already in " + in.place());
    }
    blockOfId[id] = DEAD;
    return block;
  }
}
