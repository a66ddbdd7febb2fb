package hak.bench.replay;

import hak.bench.trace.ParallelProgram;
import java.lang.foreign.Arena;

/** The replay with no allocator: see {@link FloorOperations}. Closing it frees the buffers. */
public final class Floor implements AutoCloseable {
  /** Sizes count up to this; beyond it the place of the last byte would make the buffers huge. */
  private static final int SIZE_LIMIT_BYTES = 1 << 20;

  private static final long SMALLEST_STRIDE_BYTES = 16;
  private static final long LARGEST_STRIDE_BYTES = 4096;

  private final Arena arena = Arena.ofShared();
  private final Replayer replayer;

  /** Prepares the floor of a program. */
  public Floor(ParallelProgram program, Crew crew) {
    ParallelProgram clipped = program(program);
    long bytes = bufferBytes(program);
    long[] homes = new long[crew.size()];
    for (int i = 0; i < homes.length; i++) {
      // A slot of the table of all is used by one thread at a time, and so is its place.
      homes[i] =
          program.sharesBlocks() && i > 0
              ? homes[0]
              : arena.allocate(bytes, LARGEST_STRIDE_BYTES).address();
    }
    replayer = new Replayer(clipped, new FloorOperations(strideBytes(program)), crew, homes);
  }

  /** The program as the floor replays it, with sizes up to a limit. */
  public static ParallelProgram program(ParallelProgram program) {
    return program.withSizesUpTo(SIZE_LIMIT_BYTES);
  }

  /** Bytes of the buffer of one thread, or of all if they share their blocks. */
  public static long bufferBytes(ParallelProgram program) {
    long largest = Math.min(program.largestBytes(), SIZE_LIMIT_BYTES);
    return strideBytes(program) * program.slots() + largest + 1;
  }

  /** Distance of two places: the mean size of live blocks at their peak, in bounds. */
  public static long strideBytes(ParallelProgram program) {
    return Math.clamp(program.meanBytes() + 15 & -16, SMALLEST_STRIDE_BYTES, LARGEST_STRIDE_BYTES);
  }

  /** The replay. */
  public Replayer replayer() {
    return replayer;
  }

  @Override
  public void close() {
    arena.close();
  }
}
