package hak.bench.stress.actors;

import hak.bench.stress.check.StressException;
import hak.bench.stress.stage.OpenArena;
import hak.bench.stress.stage.Stage;
import hak.core.ArenaOption;
import hak.core.HakAllocator;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One thread's use of arenas: confined ones, nested, some of which it never closes, and shared
 * ones, which any thread closes while others use them.
 */
final class ArenaUser {
  private static final int MOST_SEGMENTS = 12;
  private static final int DEEPEST = 3;
  private static final int LEAVE_OPEN_ONE_IN = 32;

  /** Most that are left open in a round: their blocks stay. */
  private static final int MOST_LEFT_OPEN = 100;

  private final Stage stage;
  private final HakAllocator allocator;
  private final SplittableRandom random;
  private final Runnable otherOperation;
  private final List<OpenArena> mine = new ArrayList<>();
  private int depth;

  /** {@code otherOperation} is what the thread does in between. */
  ArenaUser(Stage stage, SplittableRandom random, Runnable otherOperation) {
    this.stage = stage;
    this.allocator = stage.allocator();
    this.random = random;
    this.otherOperation = otherOperation;
  }

  /**
   * Opens an arena, uses it, and closes it or not.
   *
   * @return whether the allocator was called so that it throws when it is closed
   */
  boolean confined() {
    if (depth == DEEPEST) {
      return false;
    }
    OpenArena open = new OpenArena(allocator.arena());
    stage.tally().arenas.increment();
    mine.add(open);
    try {
      depth++;
      use(open);
    } catch (OutOfMemoryError e) {
      finish(open);
      throw e;
    } finally {
      depth--;
    }
    if (random.nextInt(LEAVE_OPEN_ONE_IN) == 0 && stage.leftOpen().size() < MOST_LEFT_OPEN) {
      stage.leftOpen().add(open);
    } else {
      finish(open);
    }
    return true;
  }

  private void use(OpenArena open) {
    for (int i = 1 + random.nextInt(MOST_SEGMENTS); i > 0; i--) {
      allocateFrom(open);
      if (random.nextInt(4) == 0) {
        otherOperation.run();
      }
    }
  }

  private void finish(OpenArena open) {
    close(open);
    mine.remove(open);
  }

  /** Allocates from an arena that all threads use, or closes it, or opens one. */
  boolean shared() {
    int slot = random.nextInt(stage.sharedArenas().length());
    OpenArena open = stage.sharedArenas().get(slot);
    if (open == null) {
      boolean deferred = random.nextBoolean();
      OpenArena fresh =
          deferred
              ? OpenArena.deferred(allocator.arena(ArenaOption.DEFERRED))
              : new OpenArena(allocator.sharedArena());
      stage.tally().arenas.increment();
      if (!stage.sharedArenas().compareAndSet(slot, null, fresh)) {
        close(fresh);
      }
      return true;
    }
    if (random.nextInt(4) != 0) {
      try {
        allocateFrom(open);
      } catch (IllegalStateException e) {
        if (!open.isClosing()) {
          throw e;
        }
      }
      return false;
    }
    if (stage.sharedArenas().compareAndSet(slot, open, null)) {
      close(open);
    }
    return false;
  }

  private void allocateFrom(OpenArena open) {
    long size = Sizes.small(random);
    MemorySegment segment = open.arena().allocate(size, 1L << random.nextInt(8));
    if (segment.byteSize() != size) {
      throw new StressException("a segment of " + size + " B of an arena is " + segment);
    }
    for (long at = 0; at < size; at++) {
      if (segment.get(ValueLayout.JAVA_BYTE, at) != 0) {
        throw new StressException("byte " + at + " of " + segment + " of an arena is not zero");
      }
    }
    segment.fill(OpenArena.fillOf(segment));
    open.segments().add(segment); // filled, so that whoever closes the arena finds it so
  }

  /** Closes an arena, checking its segments before and that they cannot be used after. */
  private void close(OpenArena open) {
    stage.check(open);
    open.close();
    if (open.isDeferred()) {
      return; // until others are closed too its segments are accessible
    }
    for (MemorySegment segment : open.segments()) {
      if (segment.scope().isAlive()) {
        throw new StressException(segment + " is alive after its arena was closed");
      }
      try {
        segment.fill((byte) 0);
        throw new StressException(segment + " was written after its arena was closed");
      } catch (IllegalStateException expected) {
        // it is closed
      }
    }
  }

  /** Segments of a closed stack: reading them gives what was written, zeros or an exception. */
  void readAfterClose() {
    for (OpenArena open : mine) {
      try {
        stage.check(open);
      } catch (IllegalStateException expected) {
        // it is not alive any more
      }
    }
  }
}
