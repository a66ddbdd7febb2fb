package hak.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.ArenaOption;
import hak.core.HakAllocator;
import hak.core.ScopedArena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A thread that does {@link Step}s on a stack and checks what it gets. It has blocks and arenas of
 * its own and hands blocks over to others; its steps are done by one thread at a time, and those on
 * confined arenas by one alone.
 */
final class Actor {
  /** No more is held at a time; a step beyond does nothing. */
  private static final long MOST_HELD_BYTES = 192L << 20;

  private final HakAllocator allocator;
  private final Intervals intervals;
  private final Queue<Block> handedOver;
  private final List<Block> blocks = new ArrayList<>();
  private final List<OpenArena> arenas = new ArrayList<>();
  private long heldBytes;
  private long nextSeed;

  /**
   * Without a block.
   *
   * @param intervals of all actors of the stack
   * @param handedOver blocks on their way from one actor to another
   */
  Actor(HakAllocator allocator, Intervals intervals, Queue<Block> handedOver, long seed) {
    this.allocator = allocator;
    this.intervals = intervals;
    this.handedOver = handedOver;
    nextSeed = seed << 32;
  }

  /** Does a step. */
  void run(Step step) {
    boolean hasBlock = !blocks.isEmpty();
    switch (step.kind()) {
      case MALLOC -> malloc(step.size());
      case ALIGNED -> aligned(step.size(), step.alignment());
      case CALLOC -> calloc(1 + step.pick() % 5, step.size());
      case REALLOC, REALLOC_ALIGNED -> {
        if (hasBlock) {
          realloc(take(step.pick()), step);
        }
      }
      case FREE, SIZED_FREE -> {
        if (hasBlock) {
          free(take(step.pick()), step.kind() == Step.Kind.SIZED_FREE);
        }
      }
      case SEGMENT -> segment(step.size(), step.alignment());
      case AS_SEGMENT -> asSegment(step.size());
      case ARENA -> openArena(step.pick());
      case ARENA_ALLOCATE -> inArena(step);
      case ARENA_RESET -> {
        if (!arenas.isEmpty()) {
          reset(arenas.get(step.pick() % arenas.size()));
        }
      }
      case ARENA_CLOSE -> {
        if (!arenas.isEmpty()) {
          close(arenas.remove(step.pick() % arenas.size()));
        }
      }
      case HAND_OVER -> handOver(step.pick());
      case TRIM -> allocator.trim();
      case RELEASE_HEAP -> allocator.releaseThreadHeap();
    }
  }

  private boolean mayHold(long bytes) {
    return bytes <= MOST_HELD_BYTES - heldBytes;
  }

  /** Takes a block out of this actor's hands, in no order. */
  private Block take(int pick) {
    int index = pick % blocks.size();
    Block block = blocks.get(index);
    blocks.set(index, blocks.getLast());
    blocks.removeLast();
    heldBytes -= block.size();
    return block;
  }

  private void keep(long address, long size, long alignment, MemorySegment segment) {
    blocks.add(got(address, size, alignment, segment));
    heldBytes += size;
    long usable = allocator.usableSize(address);
    assertTrue(usable >= size, size + " B have " + usable + " usable");
  }

  /** What is true of everything that is got. */
  private Block got(long address, long size, long alignment, MemorySegment segment) {
    assertEquals(0, address & (alignment - 1), size + " B, alignment " + alignment);
    intervals.add(address, size);
    Block block = new Block(address, size, alignment, nextSeed++, segment);
    Content.fill(address, size, block.seed());
    return block;
  }

  private static long natural(long size) {
    return size <= 8 ? 8 : HakAllocator.MIN_ALIGNMENT;
  }

  private void malloc(long size) {
    if (mayHold(size)) {
      assertTrue(allocator.goodSize(size) >= size);
      keep(allocator.malloc(size), size, natural(size), null);
    }
  }

  private void aligned(long size, long alignment) {
    if (mayHold(size)) {
      keep(allocator.malloc(size, alignment), size, alignment, null);
    }
  }

  private void calloc(long count, long size) {
    if (mayHold(count * (size / count))) {
      long address = allocator.calloc(count, size / count);
      Content.checkZero(address, count * (size / count));
      keep(address, count * (size / count), natural(count * (size / count)), null);
    }
  }

  private void realloc(Block block, Step step) {
    long size = mayHold(step.size()) ? step.size() : Math.min(step.size(), block.size());
    block.check();
    intervals.remove(block.address());
    boolean isAligned = step.kind() == Step.Kind.REALLOC_ALIGNED;
    long alignment = isAligned ? step.alignment() : natural(size);
    long address =
        isAligned
            ? allocator.realloc(block.address(), size, alignment)
            : allocator.realloc(block.address(), size);
    Content.check(address, block.size(), block.seed(), Math.min(block.size(), size));
    keep(address, size, alignment, null);
  }

  private void free(Block block, boolean sized) {
    block.check();
    intervals.remove(block.address());
    if (block.segment() != null) {
      allocator.free(block.segment());
    } else if (sized) {
      allocator.free(block.address(), block.size());
    } else {
      allocator.free(block.address());
    }
  }

  private void segment(long size, long alignment) {
    if (mayHold(size)) {
      MemorySegment segment = allocator.allocate(size, alignment);
      assertEquals(size, segment.byteSize());
      keep(segment.address(), size, alignment, segment);
    }
  }

  private void asSegment(long size) {
    if (mayHold(size)) {
      long address = allocator.malloc(size);
      MemorySegment segment = allocator.asSegment(address, size);
      assertEquals(address, segment.address());
      assertThrows(IllegalArgumentException.class, () -> allocator.asSegment(address, 1L << 40));
      keep(address, size, natural(size), segment);
    }
  }

  private void handOver(int pick) {
    if (!blocks.isEmpty()) {
      handedOver.add(take(pick));
    }
    Block block = pick % 3 == 0 ? null : handedOver.poll();
    if (block != null) {
      block.check();
      blocks.add(block);
      heldBytes += block.size();
    }
  }

  // ---- arenas

  private void openArena(int pick) {
    boolean zeroed = pick % 2 == 0;
    boolean deferred = pick / 2 % 3 == 2;
    List<ArenaOption> options = new ArrayList<>();
    if (!zeroed) {
      options.add(ArenaOption.UNINITIALIZED);
    }
    if (pick / 2 % 3 == 1) {
      options.add(ArenaOption.SHARED);
    } else if (deferred) {
      options.add(ArenaOption.DEFERRED);
    }
    ScopedArena arena = allocator.arena(options.toArray(new ArenaOption[0]));
    arenas.add(new OpenArena(arena, zeroed, deferred));
  }

  private void inArena(Step step) {
    long size = step.size() / 16;
    if (arenas.isEmpty() || !mayHold(size)) {
      return;
    }
    OpenArena open = arenas.get(step.pick() % arenas.size());
    MemorySegment segment = open.arena().allocate(size, step.alignment());
    assertEquals(size, segment.byteSize());
    assertEquals(open.arena().scope(), segment.scope());
    if (open.isZeroed()) {
      Content.checkZero(segment.address(), size);
    }
    if (size > 0) {
      open.blocks().add(got(segment.address(), size, step.alignment(), segment));
      heldBytes += size;
    }
    assertThrows(IllegalArgumentException.class, () -> allocator.free(segment));
  }

  private void reset(OpenArena open) {
    List<Block> ended = end(open);
    open.arena().reset();
    assertEnded(open, ended);
  }

  private void close(OpenArena open) {
    List<Block> ended = end(open);
    open.arena().close();
    assertEnded(open, ended);
    assertThrows(IllegalStateException.class, () -> open.arena().allocate(1, 1));
  }

  private List<Block> end(OpenArena open) {
    for (Block block : open.blocks()) {
      block.check();
      intervals.remove(block.address());
      heldBytes -= block.size();
    }
    List<Block> ended = List.copyOf(open.blocks());
    open.blocks().clear();
    return ended;
  }

  private static void assertEnded(OpenArena open, List<Block> ended) {
    if (!open.isDeferred()) {
      ended.forEach(block -> assertFalse(block.segment().scope().isAlive(), "a stale segment"));
    }
  }

  // ---- the end

  /** Closes all arenas. */
  void closeArenas() {
    while (!arenas.isEmpty()) {
      close(arenas.removeLast());
    }
  }

  /** The addresses of the blocks. */
  List<Long> addresses() {
    return blocks.stream().map(Block::address).toList();
  }

  /** Checks and frees all blocks. */
  void freeAll() {
    while (!blocks.isEmpty()) {
      free(take(0), false);
    }
  }
}
