package hak.bench.stress.end;

import hak.bench.stress.check.StressException;
import hak.bench.stress.stage.Block;
import hak.bench.stress.stage.OpenArena;
import hak.bench.stress.stage.Stage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Segments of stacks that were closed in use and that nothing else refers to, and shared arenas of
 * such stacks that are still open. Whoever uses one must not crash the JVM, whatever was collected
 * meanwhile: it is there, or it throws IllegalStateException. One thread calls.
 */
public final class Afterlife {
  /** Of a round, so that few stacks are kept. */
  private static final int MOST_SEGMENTS = 16;

  private final SplittableRandom random;
  private final List<MemorySegment> segments = new ArrayList<>();
  private final List<OpenArena> arenas = new ArrayList<>();

  public Afterlife(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Takes over what is left of a stage that is closed and all of whose threads have ended. */
  public void takeOver(Stage stage) {
    List<MemorySegment> left = new ArrayList<>();
    for (OpenArena open : stage.takeArenas()) {
      if (random.nextBoolean()) {
        arenas.add(open);
      } else {
        left.addAll(open.segments());
      }
    }
    for (Block block : stage.takeBlocks()) {
      if (block.segment() != null) {
        left.add(block.segment());
      }
    }
    for (int i = 0; i < MOST_SEGMENTS && !left.isEmpty(); i++) {
      segments.add(left.remove(random.nextInt(left.size())));
    }
  }

  /**
   * Uses all segments, closes the arenas, and forgets them.
   *
   * @throws StressException if an arena cannot be closed or a segment outlives it
   */
  public void end() {
    segments.forEach(Afterlife::use);
    for (OpenArena open : arenas) {
      open.segments().forEach(Afterlife::use);
      close(open);
    }
    segments.clear();
    arenas.clear();
  }

  private static void close(OpenArena open) {
    try {
      open.arena().close();
    } catch (RuntimeException e) {
      throw new StressException("closing an arena after its stack threw " + e, e);
    }
    if (open.isDeferred()) {
      return; // its segments end with those of the others
    }
    for (MemorySegment segment : open.segments()) {
      if (segment.scope().isAlive()) {
        throw new StressException(segment + " outlives its arena, closed after its stack");
      }
    }
  }

  /** Reads and writes both ends; the memory is nobody else's any more. */
  private static void use(MemorySegment segment) {
    try {
      for (long at = 0; at < segment.byteSize(); at += Math.max(1, segment.byteSize() - 1)) {
        byte value = segment.get(ValueLayout.JAVA_BYTE, at);
        segment.set(ValueLayout.JAVA_BYTE, at, (byte) ~value);
      }
    } catch (IllegalStateException expected) {
      // it ended with its stack
    }
  }
}
