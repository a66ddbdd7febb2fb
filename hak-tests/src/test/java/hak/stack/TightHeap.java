package hak.stack;

import hak.core.HakAllocator;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls the segment API with ever more room on the Java heap, from none on, so that each Java
 * allocation in it fails once; then counts the blocks. A program of its own, with a small heap.
 */
final class TightHeap {
  private static final int OBJECT_BYTES = 16;

  /** There is room for all of it when both calls have happened so often in a row. */
  private static final int ENOUGH = 8;

  private static final int CHUNK_BYTES = 8 << 10;
  private static final int CHUNKS = 4 << 10;

  /** Enough for what happens between two tries. */
  private static final int CHUNKS_LEFT = 32;

  private static final int WARM_UP = 200;
  private static final long SMALL = 100;
  private static final long MAPPING = 3 << 20;

  /** What fills the heap for good, but for a little. */
  private final List<byte[]> chunks = new ArrayList<>(CHUNKS);

  /** What fills the rest while something is tried. */
  private final Object[] objects = new Object[2 * CHUNKS_LEFT * CHUNK_BYTES / OBJECT_BYTES];

  private final HakAllocator allocator;
  private int objectCount;

  private TightHeap(HakAllocator allocator) {
    this.allocator = allocator;
  }

  private void fillForGood() {
    try {
      while (true) {
        chunks.add(new byte[CHUNK_BYTES]);
      }
    } catch (OutOfMemoryError e) {
      for (int i = 0; i < CHUNKS_LEFT; i++) {
        chunks.removeLast();
      }
    }
  }

  /** Fills the heap but for {@code roomBytes}. */
  private void fill(int roomBytes) {
    try {
      while (true) {
        objects[objectCount] = new Object();
        objectCount++;
      }
    } catch (OutOfMemoryError e) {
      for (int i = 0; i < roomBytes / OBJECT_BYTES; i++) {
        objects[--objectCount] = null;
      }
    }
  }

  private void release() {
    while (objectCount > 0) {
      objects[--objectCount] = null;
    }
  }

  /** Whether a call happens, or throws and changes nothing. */
  private boolean happens(int roomBytes, Runnable call) {
    fill(roomBytes);
    boolean happened = false;
    try {
      call.run();
      happened = true;
    } catch (OutOfMemoryError e) {
      // the Java heap's
    }
    release();
    return happened;
  }

  private void requireLive(long blocks, String after) {
    long live = allocator.stats().liveBlocks();
    if (live != blocks) {
      throw new AssertionError(live + " blocks are live, not " + blocks + ", after " + after);
    }
  }

  /** A way to get a segment and to give it back; each may fail and be done again. */
  private abstract static class Way {
    final String name;

    /** Blocks that an allocation takes beside what is there when it begins. */
    final int blocks;

    MemorySegment segment;

    Way(String name, int blocks) {
      this.name = name;
      this.blocks = blocks;
    }

    abstract void open();

    abstract void allocate();

    abstract void end();
  }

  private Way way(long size) {
    return new Way("allocate " + size, 1) {
      @Override
      void open() {}

      @Override
      void allocate() {
        segment = allocator.allocate(size, 8);
      }

      @Override
      void end() {
        allocator.free(segment);
      }
    };
  }

  private Way arena(long size, boolean isShared) {
    return new Way((isShared ? "shared arena " : "confined arena ") + size, size == SMALL ? 0 : 1) {
      Arena arena;

      @Override
      void open() {
        arena = isShared ? allocator.sharedArena() : allocator.arena();
      }

      @Override
      void allocate() {
        segment = arena.allocate(size, 8);
      }

      @Override
      void end() {
        arena.close();
      }
    };
  }

  private void run(Way way) {
    for (int i = 0; i < WARM_UP; i++) {
      way.open();
      way.allocate();
      way.end();
    }
    fillForGood();
    int failedToAllocate = 0;
    int failedToEnd = 0;
    int happened = 0;
    for (int room = 0; happened < ENOUGH; room += OBJECT_BYTES) {
      way.open();
      long opened = allocator.stats().liveBlocks();
      boolean allocated = happens(room, way::allocate);
      requireLive(
          opened + (allocated ? way.blocks : 0), way.name + " with " + room + " B of Java heap");
      if (!allocated) {
        failedToAllocate++;
        way.allocate();
      }
      boolean ended = happens(room, way::end);
      happened = allocated && ended ? happened + 1 : 0;
      if (!ended) {
        failedToEnd++;
        if (allocator.stats().liveBlocks() > 0) {
          way.end();
        }
      }
      requireLive(0, "the end of " + way.name + " with " + room + " B of Java heap");
      if (way.segment.scope().isAlive() && !way.name.equals("allocate " + SMALL)) {
        throw new AssertionError(way.name + ": " + way.segment + " is alive");
      }
    }
    chunks.clear();
    System.out.println(way.name + ": failed " + failedToAllocate + " and " + failedToEnd);
    if (failedToAllocate == 0) {
      throw new AssertionError("there was always room for " + way.name);
    }
  }

  /** Prints how often what failed. */
  public static void main(String[] args) {
    try (HakAllocator allocator = TestStack.valueOf(args[0]).openSmall()) {
      TightHeap heap = new TightHeap(allocator);
      heap.fillForGood();
      heap.happens(0, () -> {}); // loads what a failure needs
      heap.chunks.clear();
      for (long size : new long[] {SMALL, MAPPING}) {
        heap.run(heap.way(size));
        heap.run(heap.arena(size, false));
        heap.run(heap.arena(size, true));
      }
    }
    System.out.println("done");
  }
}
