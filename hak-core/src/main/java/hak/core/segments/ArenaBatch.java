package hak.core.segments;

import java.lang.foreign.Arena;

/**
 * Arenas whose segments have one scope, which ends when all of them are done with. Its counts are
 * guarded by the lock of {@link ArenaBatches}; who ends it has it alone.
 *
 * <p>Invariant: {@code open} of the {@code joined} arenas are in use, the others are in the list of
 * those that are done with, whose blocks are {@code doneBytes} long.
 */
final class ArenaBatch {
  private final Arena lifetime = Arena.ofShared();
  private int joined;
  private int open;
  private long doneBytes;
  private BumpArena done;

  /** Link of the list of batches to be ended. */
  ArenaBatch nextReady;

  Arena lifetime() {
    return lifetime;
  }

  void join() {
    joined++;
    open++;
  }

  /** Takes in the blocks of an arena that is done with; null when it never had any. */
  void leave(BumpArena arena) {
    open--;
    if (arena != null) {
      arena.nextDone = done;
      done = arena;
      doneBytes += arena.heldBytes();
    }
  }

  int joined() {
    return joined;
  }

  boolean isInUse() {
    return open > 0;
  }

  long doneBytes() {
    return doneBytes;
  }

  /**
   * Ends the scope, then frees all blocks; goes on where it failed.
   *
   * @throws IllegalStateException if a segment is being used in a native call or for input or
   *     output; nothing changed then
   */
  void end() {
    if (lifetime.scope().isAlive()) {
      Segments.end(lifetime);
    }
    while (done != null) {
      done.freeAll();
      done = done.nextDone;
    }
  }
}
