package hak.bench.stress;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An arena of the stack that is open, and the segments that were allocated from it. */
final class OpenArena {
  final Arena arena;
  final Queue<MemorySegment> segments = new ConcurrentLinkedQueue<>();

  /** Set before it is closed: from then on its users may meet an IllegalStateException. */
  volatile boolean closing;

  OpenArena(Arena arena) {
    this.arena = arena;
  }

  /** What every byte of a segment is filled with: depends on its address and is not 0. */
  static byte fillOf(MemorySegment segment) {
    return (byte) (segment.address() >>> 3 | 1);
  }
}
