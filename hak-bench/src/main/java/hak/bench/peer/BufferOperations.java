package hak.bench.peer;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import hak.bench.buffer.BufferPeer;
import hak.bench.buffer.Buffers;
import hak.bench.replay.Crew;
import hak.bench.replay.Operations;
import hak.bench.replay.Replayer;
import hak.bench.trace.ParallelProgram;
import hak.core.inside.RawAccess;
import java.lang.foreign.MemorySegment;
import java.util.stream.LongStream;

/**
 * Blocks that are objects, for a loop that knows addresses: the number of the object is kept in the
 * eight bytes before the block, which so is a line that the loop writes anyway. A Java program
 * keeps its buffers in fields of its own; here it is a {@link BufferTable}. What both cost, some
 * two nanoseconds a pair, is part of the peer's time, and the eight bytes of its memory.
 *
 * @param buffers the allocator
 * @param table finds its objects
 */
record BufferOperations(Buffers buffers, BufferTable table) implements Operations {
  private static final MemorySegment MEMORY = RawAccess.everything();
  private static final long ADDRESS_MASK = (1L << 56) - 1;
  private static final long HEAD = Long.BYTES;

  /** A replay on a fresh allocator of a peer; a thread is at home under its number. */
  static Replayer replayer(BufferPeer peer, ParallelProgram program, Crew crew) {
    BufferOperations operations = new BufferOperations(peer.open(), new BufferTable(crew.size()));
    long[] threads = LongStream.range(0, crew.size()).toArray();
    return new Replayer(program, operations, crew, threads);
  }

  private long open(long home, Object block, long address) {
    setNumber(address, table.put((int) home, block));
    return address;
  }

  private static long number(long address) {
    return MEMORY.get(JAVA_LONG_UNALIGNED, address - HEAD & ADDRESS_MASK);
  }

  private static void setNumber(long address, long number) {
    MEMORY.set(JAVA_LONG_UNALIGNED, address - HEAD & ADDRESS_MASK, number);
  }

  @Override
  public long malloc(long home, int slot, long size) {
    Object block = buffers.allocate(size + HEAD);
    return open(home, block, buffers.address(block) + HEAD);
  }

  @Override
  public long calloc(long home, int slot, long size) {
    long address = malloc(home, slot, size);
    if (!buffers.zeroes()) {
      RawAccess.zero(address, size);
    }
    return address;
  }

  /** Buffers have no alignment of their own: room for it is asked for. */
  @Override
  public long aligned(long home, int slot, long alignment, long size) {
    long multiple = Math.max(alignment, HEAD);
    Object block = buffers.allocate(size + HEAD + multiple);
    long address = buffers.address(block) + HEAD + multiple - 1 & -multiple;
    return open(home, block, address);
  }

  @Override
  public long realloc(long address, long size) {
    long number = number(address);
    Object block = table.get(number);
    long offset = address - buffers.address(block);
    Object resized = buffers.resize(block, size + offset);
    table.set(number, resized);
    return buffers.address(resized) + offset;
  }

  @Override
  public void free(long address) {
    buffers.free(table.take(number(address)));
  }

  @Override
  public long usableSize(long address) {
    throw new UnsupportedOperationException(
        "buffers say their length, which is what was asked for");
  }
}
