package hak.core.open;

import hak.core.ArenaOption;
import hak.core.HakAllocator;
import hak.core.ScopedArena;
import hak.core.inside.StackView;
import hak.core.memory.PageTable;
import hak.core.memory.VirtualMemory;
import hak.core.profile.Profile;
import hak.core.profile.check.Composition;
import hak.core.slow.SlowPath;
import hak.core.specialise.Specialised;
import hak.core.specialise.StackParts;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Goes once through the slow paths of a set of boxes, on a stack that nobody else gets.
 *
 * <p>Why: the first time that code runs, classes are loaded and calls linked, which takes many
 * times the stack that {@link hak.core.memory.StackRoom} asks for, and an overflow in the
 * initialiser of a class makes the class unusable for good. So the first time is here, on the
 * thread that opens, and not at the end of somebody's stack in the middle of a change.
 */
public final class Rehearsal {
  /** The boxes that were rehearsed together, by the classes of their providers. */
  private static final Set<List<String>> DONE = ConcurrentHashMap.newKeySet();

  /** More blocks than a slab holds of the largest ones. */
  private static final int BLOCKS = 40;

  /** More than an arena cuts out of its first chunks. */
  private static final int ARENA_BYTES = 5_000;

  private Rehearsal() {}

  /** Rehearses the boxes of a composition, unless this JVM did so before. */
  public static void of(Composition composition, Profile profile, VirtualMemory system) {
    List<String> boxes =
        composition.parts().stream().map(part -> part.provider().getClass().getName()).toList();
    if (DONE.contains(boxes)) {
      return;
    }
    try {
      HakAllocator stack = StackBuilder.buildQuietly(composition, profile, system);
      StackParts parts = Specialised.partsOf(stack);
      try {
        play(stack, parts);
        DONE.add(boxes);
      } finally {
        parts.closing().closeQuietly(); // what a play that failed has left is nobody's leak
      }
    } catch (RuntimeException | Error e) {
      // Whoever opens or uses the stack itself is told. The next opening rehearses again.
      return;
    }
  }

  private static void play(HakAllocator stack, StackParts parts) {
    StackView inside = parts.inside();
    for (int lastClass : inside.boxes().lastClassOfTier()) {
      playTier(stack, parts.slowPath(), inside.sizeClasses().bytes(lastClass));
      playTrim(stack, inside.sizeClasses().bytes(lastClass));
    }
    playSegments(stack);
    if (!inside.largeTiers().isEmpty()) {
      playLarge(stack, parts.slowPath(), inside.largeTiers().getLast().largestBytes());
    }
    stack.trim();
    parts.upkeep().reclaim();
    parts.inside().threadHeaps().rehearse();
    stack.free(stack.malloc(1));
    stack.releaseThreadHeap();
    stack.free(stack.malloc(1)); // adopts the heap
    stack.stats();
    stack.liveBytes();
    stack.goodSize(1);
    stack.counts();
    stack.recentEvents();
    stack.shadows();
    stack.describe();
    stack.policy();
    stack.site();
    stack.trim();
  }

  private static void playTier(HakAllocator stack, SlowPath slowPath, long size) {
    long[] blocks = new long[BLOCKS];
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < BLOCKS; i++) {
        // Blocks of a shared heap are freed by this thread, as blocks of another one's are.
        blocks[i] = i % 2 == 0 ? stack.malloc(size) : slowPath.mallocShared(size);
      }
      for (int i = 0; i < BLOCKS; i++) {
        if (i % 3 == 0) {
          slowPath.freeShared(blocks[i]);
        } else {
          stack.free(blocks[i], size);
        }
      }
    }
    stack.free(stack.malloc(size, HakAllocator.MIN_ALIGNMENT));
    stack.free(stack.realloc(stack.calloc(1, size), 1));
  }

  /** Trims while a block lives in a slab whose others are free. */
  private static void playTrim(HakAllocator stack, long size) {
    long[] blocks = new long[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = stack.malloc(size);
    }
    for (int i = 1; i < BLOCKS; i++) {
      stack.free(blocks[i]);
    }
    stack.trim();
    stack.free(blocks[0]);
  }

  /** Touches no byte: whether there is memory where the tier says is for its users to find out. */
  private static void playLarge(HakAllocator stack, SlowPath slowPath, long largest) {
    stack.free(stack.malloc(1, PageTable.PAGE_BYTES));
    stack.free(stack.allocate(1, PageTable.PAGE_BYTES));
    for (long size = 64 << 10; size <= Math.min(largest, 4 << 20); size *= 4) {
      long block = stack.malloc(size);
      stack.usableSize(block);
      slowPath.comesZeroed(block);
      slowPath.alignmentOf(block);
      slowPath.resizeInPlace(block, size - 1);
      slowPath.resizeInPlace(block, size + (64 << 10));
      slowPath.resizeInPlace(block, size);
      stack.free(block);
      stack.free(slowPath.mallocToGrow(size, HakAllocator.MIN_ALIGNMENT));
      stack.free(stack.malloc(size, 4 * size));
      stack.free(stack.allocate(size, 8));
    }
  }

  private static void playSegments(HakAllocator stack) {
    stack.free(stack.allocate(100, 8));
    stack.free(stack.asSegment(stack.malloc(100), 100));
    for (int round = 0; round < 2; round++) {
      playArena(stack.arena(ArenaOption.UNINITIALIZED));
      playArena(stack.arena(ArenaOption.UNINITIALIZED, ArenaOption.SHARED));
      playArena(stack.arena(ArenaOption.UNINITIALIZED, ArenaOption.DEFERRED));
      stack.trim();
    }
  }

  /** Touches no byte either: chunks may be of a large tier. */
  private static void playArena(ScopedArena arena) {
    try (arena) {
      arena.allocate(ARENA_BYTES, 8); // a block of its own
      for (int i = 0; i < BLOCKS; i++) {
        arena.allocate(100, 8); // several chunks
      }
      arena.reset();
      arena.allocate(100, 8);
    }
  }
}
