package hak.bench.stress.stage;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An arena of the stack that is open, and the segments that were allocated from it. */
public final class OpenArena {
  private final Arena arena;
  private final Queue<MemorySegment> segments = new ConcurrentLinkedQueue<>();

  private volatile boolean closing;

  public OpenArena(Arena arena) {
    this.arena = arena;
  }

  public Arena arena() {
    return arena;
  }

  /** The segments; users of a shared arena add to them at the same time. */
  public Queue<MemorySegment> segments() {
    return segments;
  }

  /** Closes it. From here on its users may meet an IllegalStateException. */
  public void close() {
    closing = true;
    arena.close();
  }

  /** Whether a close has begun. */
  public boolean isClosing() {
    return closing;
  }

  /** What every byte of a segment is filled with: depends on its address and is not 0. */
  public static byte fillOf(MemorySegment segment) {
    return (byte) (segment.address() >>> 3 | 1);
  }
}
