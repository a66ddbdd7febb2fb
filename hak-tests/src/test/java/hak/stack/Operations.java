package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.ArenaOption;
import hak.core.HakAllocator;
import hak.core.Ledger;
import hak.core.ScopedArena;
import hak.core.inside.StackView;
import hak.stack.Operation.Step;
import hak.testkit.HeapWalker;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Every call of the API, for every tier. */
final class Operations {
  static final long TINY = 100;
  static final long MID = 5_000;
  static final long LARGE = 100_000;
  static final long BIG = 5 << 20;

  /** A size of each tier. */
  static final long[] SIZES = {TINY, MID, LARGE, BIG};

  /** Sizes such that every cache keeps some. */
  static final long[] CACHED_SIZES = {24, TINY, 500, MID};

  private static final long SMALL_ALIGNMENT = 256;
  private static final long PAGE_ALIGNMENT = 64 << 10;
  private static final long BIG_ALIGNMENT = 1 << 20;

  /** How many segments go into an arena until the next block needs a longer array. */
  private static final int SEGMENTS_OF_ARENA = 11;

  /** The blocks of these segments: eight of their own, and the chunk of the small ones. */
  private static final int BLOCKS_OF_ARENA = 9;

  /** The longest segment that is cut out of a chunk whenever it is full. */
  private static final long CHUNK_PART = 512;

  /** In the first page, which nobody can have mapped. */
  private static final long FOREIGN_ADDRESS = 64;

  private static final Realloc OF_ALLOCATOR = (s, size) -> s.allocator.realloc(s.block, size);
  private static final Realloc OF_SITE = (s, size) -> s.site.realloc(s.block, size);

  private Operations() {}

  /** All of them. */
  static List<Operation> all() {
    List<Operation> all = new ArrayList<>();
    for (long size : SIZES) {
      addBlocks(all, size);
      addSegments(all, size);
    }
    all.add(allocation("malloc at a MiB", LARGE, s -> s.allocator.malloc(LARGE, BIG_ALIGNMENT)));
    all.add(allocation("malloc at 64 KiB", TINY, s -> s.allocator.malloc(TINY, PAGE_ALIGNMENT)));
    addReallocs(all);
    addSites(all);
    addArenas(all);
    addUpkeep(all);
    addFirstCalls(all);
    addClose(all);
    return all;
  }

  /** Those that thread caches have a part in. */
  static List<Operation> ofCaches() {
    List<Operation> all = new ArrayList<>();
    for (long size : CACHED_SIZES) {
      addBlocks(all, size);
      addFirstCalls(all, size);
    }
    all.add(realloc("realloc", TINY, MID, OF_ALLOCATOR));
    all.add(realloc("realloc", MID, TINY, OF_ALLOCATOR));
    addUpkeep(all);
    return all;
  }

  /** Gives the address of a new block. */
  private interface Allocation {
    long run(Subject subject);
  }

  private static Operation allocation(String name, long size, Allocation call) {
    return Operation.of(
        name + " of " + size,
        s -> s.result = call.run(s),
        s -> {
          s.take(s.result, size);
          s.thinOut();
        });
  }

  private static void addBlocks(List<Operation> all, long size) {
    all.add(allocation("malloc", size, s -> s.allocator.malloc(size)));
    all.add(allocation("malloc aligned", size, s -> s.allocator.malloc(size, SMALL_ALIGNMENT)));
    all.add(allocation("calloc", size, s -> s.allocator.calloc(1, size)));
    all.add(free("free", size, s -> s.block = s.own(size)));
    all.add(free("free of another thread's block", size, s -> s.block = s.ofNeighbour(size)));
    all.add(free("free of a dead thread's block", size, s -> s.block = s.ofDeadThread(size)));
    all.add(
        Operation.of(
                "usableSize of " + size,
                s -> s.result = s.allocator.usableSize(s.block),
                s -> {
                  assertTrue(s.result >= size);
                  s.free(s.block);
                })
            .preparedBy(s -> s.block = s.own(size)));
  }

  private static Operation free(String name, long size, Step prepare) {
    return Operation.of(name + " of " + size, s -> s.allocator.free(s.block), s -> s.given(s.block))
        .preparedBy(prepare)
        .leaving(s -> s.requireIntact(s.block));
  }

  private static void addSegments(List<Operation> all, long size) {
    all.add(
        Operation.of(
            "allocate of " + size,
            s -> s.segment = s.allocator.allocate(size, 8),
            s -> {
              s.take(s.segment.address(), size);
              s.thinOut();
            }));
    all.add(
        Operation.of(
                "free of a segment of " + size,
                s -> s.allocator.free(s.segment),
                s -> s.given(s.segment.address()))
            .preparedBy(s -> {
              s.segment = s.allocator.allocate(size, 8);
              s.take(s.segment.address(), size);
            })
            .leaving(s -> s.requireHeld(s.segment.address())));
    all.add(
        Operation.of(
                "asSegment of " + size,
                s -> s.segment = s.allocator.asSegment(s.block, size),
                s -> {
                  s.segment.get(ValueLayout.JAVA_BYTE, size - 1);
                  s.free(s.block);
                })
            .preparedBy(s -> s.block = s.own(size))
            .leaving(s -> s.requireIntact(s.block)));
  }

  private static void addReallocs(List<Operation> all) {
    all.add(realloc("realloc", TINY, TINY + 2, OF_ALLOCATOR)); // where it is
    all.add(realloc("realloc", LARGE, LARGE + 10_000, OF_ALLOCATOR));
    all.add(realloc("realloc", BIG, BIG - 100, OF_ALLOCATOR));
    all.add(realloc("realloc", TINY, MID, OF_ALLOCATOR)); // to another place
    all.add(realloc("realloc", MID, TINY, OF_ALLOCATOR));
    all.add(realloc("realloc", MID, LARGE, OF_ALLOCATOR));
    all.add(realloc("realloc", LARGE, BIG, OF_ALLOCATOR));
    all.add(realloc("realloc", BIG, 2 * BIG, OF_ALLOCATOR));
  }

  /** Changes the size of {@link Subject#block}. */
  private interface Realloc {
    long run(Subject subject, long newSize);
  }

  private static Operation realloc(String name, long from, long to, Realloc call) {
    return Operation.of(
            String.format("%s from %d to %d", name, from, to),
            s -> s.result = call.run(s, to),
            s -> {
              s.moved(s.block, s.result, to);
              s.free(s.result);
            })
        .preparedBy(s -> s.block = s.own(from))
        .leaving(s -> s.requireIntact(s.block));
  }

  private static void addSites(List<Operation> all) {
    all.add(Operation.of("site", s -> s.answer = s.allocator.site("a b"), s -> {}));
    for (long size : SIZES) {
      all.add(allocation("malloc of a site", size, s -> s.site.malloc(size)));
      all.add(allocation("calloc of a site", size, s -> s.site.calloc(1, size)));
      all.add(
          Operation.of(
              "allocate of a site of " + size,
              s -> s.segment = s.site.allocate(size, 8),
              s -> {
                s.take(s.segment.address(), size);
                s.thinOut();
              }));
      all.add(realloc("realloc of a site", size, size + size / 4, OF_SITE));
      all.add(realloc("realloc of a site", size, 4 * size, OF_SITE));
    }
  }

  private static void addArenas(List<Operation> all) {
    all.add(Operation.of("arena", s -> s.arena = s.allocator.arena(), s -> s.arena.close()));
    all.add(
        Operation.of(
            "sharedArena", s -> s.arena = s.allocator.sharedArena(), s -> s.arena.close()));
    for (long size : SIZES) {
      all.add(
          Operation.of(
                  "allocate in an arena of " + size,
                  s -> s.segment = s.arena.allocate(size, 8),
                  s -> {
                    assertEquals(0, s.segment.get(ValueLayout.JAVA_BYTE, size - 1));
                    s.arena.close();
                  })
              .preparedBy(s -> openArena(s, s.allocator.sharedArena()))
              .leaving(s -> assertEquals(BLOCKS_OF_ARENA, s.blocksOfArena())));
    }
    all.add(
        Operation.of(
                "the next chunk of an arena",
                s -> s.segment = s.arena.allocate(CHUNK_PART, 8),
                s -> {
                  assertEquals(2, s.blocksOfArena());
                  s.arena.close();
                })
            .preparedBy(s -> {
              s.arena = s.allocator.sharedArena();
              s.arena.allocate(2 * CHUNK_PART, 8);
            })
            .leaving(s -> assertEquals(1, s.blocksOfArena())));
    all.add(closeOfArena("close of an arena", HakAllocator::arena));
    all.add(closeOfArena("close of a shared arena", HakAllocator::sharedArena));
    all.add(resetOfArena("reset of an arena", HakAllocator::arena));
    all.add(resetOfArena("reset of a shared arena", HakAllocator::sharedArena));
    addDeferredArenas(all);
  }

  private interface ArenaKind {
    Arena open(HakAllocator allocator);
  }

  private static Operation closeOfArena(String name, ArenaKind kind) {
    return Operation.of(name, s -> s.arena.close(), s -> assertFalse(s.segment.scope().isAlive()))
        .preparedBy(s -> openArena(s, kind.open(s.allocator)))
        .leaving(Operations::requireWholeIfAlive);
  }

  private static Operation resetOfArena(String name, ArenaKind kind) {
    return Operation.of(
            name,
            s -> ((ScopedArena) s.arena).reset(),
            s -> {
              assertEquals(1, s.blocksOfArena());
              s.arena.allocate(TINY, 8);
              s.arena.close();
            })
        .preparedBy(s -> openArena(s, kind.open(s.allocator)))
        .leaving(Operations::requireWholeIfAlive);
  }

  private static void addDeferredArenas(List<Operation> all) {
    all.add(
        Operation.of(
            "deferred arena",
            s -> s.arena = s.allocator.arena(ArenaOption.DEFERRED),
            Operations::closeAndTrim));
    all.add(
        Operation.of(
                "close of a deferred arena",
                s -> s.arena.close(),
                s -> {
                  s.allocator.trim();
                  assertFalse(s.segment.scope().isAlive());
                })
            .preparedBy(s -> openArena(s, s.allocator.arena(ArenaOption.DEFERRED)))
            .leaving(Operations::requireWholeIfAlive));
    all.add(
        Operation.of(
                "reset of a deferred arena",
                s -> ((ScopedArena) s.arena).reset(),
                Operations::closeAndTrim)
            .preparedBy(s -> openArena(s, s.allocator.arena(ArenaOption.DEFERRED)))
            .leaving(Operations::requireWholeIfAlive));
  }

  private static void closeAndTrim(Subject s) {
    s.arena.close();
    s.allocator.trim();
  }

  /** A close that throws has done nothing, or has ended the arena and is to be called again. */
  private static void requireWholeIfAlive(Subject s) {
    if (s.arena.scope().isAlive()) {
      assertEquals(1, s.segment.get(ValueLayout.JAVA_LONG, 0));
      assertEquals(BLOCKS_OF_ARENA, s.blocksOfArena());
    }
  }

  private static void openArena(Subject s, Arena arena) {
    s.arena = arena;
    for (int i = 0; i < SEGMENTS_OF_ARENA; i++) {
      s.segment = arena.allocate(SIZES[i % SIZES.length], 8);
    }
    s.segment.set(ValueLayout.JAVA_LONG, 0, 1);
  }

  private static void addUpkeep(List<Operation> all) {
    all.add(Operation.of("trim", s -> s.allocator.trim(), s -> {}));
    all.add(Operation.of("releaseThreadHeap", s -> s.allocator.releaseThreadHeap(), s -> {}));
    all.add(
        Operation.of(
            "stats",
            s -> s.answer = s.allocator.stats(),
            s -> assertTrue(((Ledger) s.answer).isBalanced())));
    all.add(
        Operation.of("counts", s -> s.answer = s.allocator.counts(), s -> assertNotNull(s.answer)));
    all.add(
        Operation.of(
            "heaps",
            s -> s.answer = StackView.of(s.allocator).heaps(),
            s -> assertNotNull(s.answer)));
    all.add(Operation.of("free of a foreign address", Operations::freeForeign, s -> {}));
  }

  private static void freeForeign(Subject s) {
    try {
      s.allocator.free(FOREIGN_ADDRESS);
    } catch (IllegalArgumentException e) {
      s.answer = e; // what a stack without a guard says
    }
  }

  private static void addFirstCalls(List<Operation> all) {
    for (long size : SIZES) {
      addFirstCalls(all, size);
    }
    all.add(
        Operation.of(
                "first malloc of a stack",
                s -> s.result = s.other.malloc(TINY),
                s -> {
                  HeapWalker.check(s.other, s.result);
                  s.other.free(s.result);
                  s.other.close();
                  s.other = null;
                })
            .onNewStack()
            .leaving(s -> HeapWalker.check(s.other, new long[0]))
            .inNewThread());
  }

  private static void addFirstCalls(List<Operation> all, long size) {
    all.add(allocation("malloc", size, s -> s.allocator.malloc(size)).inNewThread());
    all.add(free("free", size, s -> s.block = s.own(size)).inNewThread());
  }

  private static void addClose(List<Operation> all) {
    Step call = s -> s.other.close();
    Step done =
        s -> {
          assertThrows(IllegalStateException.class, () -> s.other.malloc(TINY));
          s.other = null;
        };
    all.add(
        Operation.of("close", call, done)
            .preparedBy(s -> s.other.free(s.other.malloc(TINY)))
            .onNewStack()
            .leaving(Operations::requireOpenOrClosed));
    all.add(
        Operation.of("close with live blocks", call, done)
            .preparedBy(s -> {
              for (long size : SIZES) {
                s.other.malloc(size);
              }
            })
            .onNewStack()
            .leaving(Operations::requireOpenOrClosed));
  }

  /** A close that throws has done nothing, or all but the report. */
  private static void requireOpenOrClosed(Subject s) throws Exception {
    long block;
    try {
      block = s.other.malloc(TINY);
    } catch (IllegalStateException e) {
      return; // that nothing stays mapped is seen later
    }
    s.other.free(block);
    HeapWalker.check(s.other);
  }
}
