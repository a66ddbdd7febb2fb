package hak.bench.stress.stage;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An arena of the stack that is open, and the segments that were allocated from it. */
public final class OpenArena {
  private final Arena arena;
  private final boolean deferred;
  private final Queue<MemorySegment> segments = new ConcurrentLinkedQueue<>();

  private volatile boolean closing;

  public OpenArena(Arena arena) {
    this(arena, false);
  }

  private OpenArena(Arena arena, boolean deferred) {
    this.arena = arena;
    this.deferred = deferred;
  }

  /** One whose segments end some time after it. */
  public static OpenArena deferred(Arena arena) {
    return new OpenArena(arena, true);
  }

  /** Whether its segments may outlive it. */
  public boolean isDeferred() {
    return deferred;
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
