package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.ArenaOption;
import hak.core.HakAllocator;
import hak.core.ScopedArena;
import hak.core.inside.ArenaView;
import hak.testkit.HeapWalker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arenas that cut segments out of chunks: where the segments are, reset, options, nesting. */
class ScopedArenaTest {
  private HakAllocator allocator;

  @AfterEach
  void walkAndClose() {
    allocator.trim(); // deferred arenas that are closed
    HeapWalker.check(allocator, new long[0]);
    allocator.close();
  }

  /** One of each kind that is zeroed. */
  private List<ScopedArena> arenas() {
    return List.of(
        allocator.arena(), allocator.sharedArena(), allocator.arena(ArenaOption.DEFERRED));
  }

  @ParameterizedTest
  @EnumSource
  void segmentsAreApartAlignedAndInBlocksOfTheArena(TestStack stack) {
    allocator = stack.open();
    SplittableRandom random = new SplittableRandom(7);
    for (ScopedArena arena : arenas()) {
      try (arena) {
        List<MemorySegment> segments = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
          long alignment = 1L << random.nextInt(13);
          long size = random.nextLong(1L << random.nextInt(13));
          MemorySegment segment = arena.allocate(size, alignment);
          assertEquals(0, segment.address() % alignment);
          segments.add(segment);
        }
        requireApart(segments);
        requireInside(
            segments, new TreeSet<>(LongStream.of(ArenaView.blocksOf(arena)).boxed().toList()));
      }
    }
  }

  /** Segments of 0 bytes have an address of their own, as blocks have. */
  private static void requireApart(List<MemorySegment> segments) {
    segments.sort(Comparator.comparingLong(MemorySegment::address));
    for (int i = 1; i < segments.size(); i++) {
      MemorySegment before = segments.get(i - 1);
      long end = before.address() + Math.max(before.byteSize(), 1);
      assertTrue(end <= segments.get(i).address(), before + " overlaps " + segments.get(i));
    }
  }

  private void requireInside(List<MemorySegment> segments, NavigableSet<Long> blocks) {
    for (MemorySegment segment : segments) {
      Long block = blocks.floor(segment.address());
      assertTrue(block != null, segment + " is before all blocks");
      long end = segment.address() + segment.byteSize();
      assertTrue(end <= block + allocator.usableSize(block), segment + " leaves its block");
    }
  }

  @ParameterizedTest
  @EnumSource
  void smallSegmentsTakeFewBlocks(TestStack stack) {
    allocator = stack.open();
    for (ScopedArena arena : arenas()) {
      try (arena) {
        for (int i = 0; i < 16; i++) {
          arena.allocate(64, 8);
        }
        assertEquals(1, ArenaView.blocksOf(arena).length, "1 KiB");
        for (int i = 0; i < 1_000; i++) {
          arena.allocate(64, 8);
        }
        assertEquals(7, ArenaView.blocksOf(arena).length, "1, 2, 4, 8, 16, 32, 32 KiB");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void resetEndsAllSegmentsAndBeginsWithZeros(TestStack stack) {
    allocator = stack.open();
    for (ScopedArena arena : List.of(allocator.arena(), allocator.sharedArena())) {
      try (arena) {
        for (int round = 0; round < 3; round++) {
          MemorySegment.Scope scope = arena.scope();
          List<MemorySegment> segments = new ArrayList<>();
          for (long size : new long[] {0, 100, 3_000, 40_000, 100_000, 3 << 20}) {
            for (int i = 0; i < 5; i++) {
              MemorySegment segment = arena.allocate(size, 8);
              assertEquals(-1, segment.mismatch(MemorySegment.ofArray(new byte[(int) size])));
              segments.add(segment.fill((byte) -1));
            }
          }
          arena.reset();
          for (MemorySegment segment : segments) {
            assertFalse(segment.scope().isAlive());
            assertThrows(IllegalStateException.class, () -> segment.fill((byte) 1));
          }
          assertNotEquals(scope, arena.scope());
          assertEquals(1, ArenaView.blocksOf(arena).length, "the chunk that is kept");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void resetKeepsTheLargestChunk(TestStack stack) {
    allocator = stack.open();
    try (ScopedArena arena = allocator.arena()) {
      for (int i = 0; i < 100; i++) {
        arena.allocate(64, 8);
      }
      arena.reset();
      long[] kept = ArenaView.blocksOf(arena);
      assertEquals(1, kept.length);
      for (int i = 0; i < 64; i++) {
        assertEquals(kept[0] + 64L * i, arena.allocate(64, 8).address());
      }
      assertEquals(1, ArenaView.blocksOf(arena).length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClosedArenaIsNotReset(TestStack stack) throws InterruptedException {
    allocator = stack.open();
    for (ScopedArena arena : arenas()) {
      arena.allocate(8, 8);
      arena.close();
      assertThrows(IllegalStateException.class, arena::reset);
      assertThrows(IllegalStateException.class, () -> arena.allocate(8, 8));
      assertThrows(IllegalStateException.class, () -> arena.allocate(0, 1));
      assertThrows(IllegalStateException.class, arena::close);
    }
    try (ScopedArena arena = allocator.arena()) {
      InThread.platform(() -> assertThrows(WrongThreadException.class, arena::reset));
    }
  }

  @ParameterizedTest
  @EnumSource
  void afterTheAllocatorIsClosedNothingIsAllocated(TestStack stack) {
    HakAllocator closed = stack.open();
    List<ScopedArena> arenas =
        List.of(closed.arena(), closed.sharedArena(), closed.arena(ArenaOption.DEFERRED));
    closed.close();
    for (ScopedArena arena : arenas) {
      assertThrows(IllegalStateException.class, () -> arena.allocate(8, 8));
      assertThrows(IllegalStateException.class, arena::reset);
      arena.close();
    }
    for (ArenaOption option : ArenaOption.values()) {
      assertThrows(IllegalStateException.class, () -> closed.arena(option));
    }
    allocator = stack.open();
  }

  @ParameterizedTest
  @EnumSource
  void uninitializedSegmentsKeepWhatWasThere(TestStack stack) {
    allocator = stack.open();
    for (Set<ArenaOption> options :
        List.of(
            Set.of(ArenaOption.UNINITIALIZED),
            Set.of(ArenaOption.UNINITIALIZED, ArenaOption.SHARED))) {
      try (ScopedArena arena = allocator.arena(options.toArray(new ArenaOption[0]))) {
        arena.allocate(512, 8).fill((byte) 7);
        arena.reset();
        assertEquals(7, arena.allocate(512, 8).get(ValueLayout.JAVA_BYTE, 100));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nestedArenasEndOneByOne(TestStack stack) {
    allocator = stack.open();
    try (Arena outer = allocator.arena()) {
      MemorySegment first = outer.allocate(100, 8).fill((byte) 1);
      MemorySegment second;
      try (Arena inner = allocator.arena()) {
        second = inner.allocate(100, 8).fill((byte) 2);
        outer.allocate(100, 8).fill((byte) 3);
      }
      assertFalse(second.scope().isAlive());
      assertEquals(1, first.get(ValueLayout.JAVA_BYTE, 99));
      outer.allocate(2_000, 8).fill((byte) 4);
      assertEquals(1, first.get(ValueLayout.JAVA_BYTE, 99));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aVirtualThreadHasConfinedArenas(TestStack stack) throws InterruptedException {
    allocator = stack.open();
    InThread.virtual(() -> {
      try (ScopedArena arena = allocator.arena()) {
        for (int i = 0; i < 300; i++) {
          arena.allocate(64, 8).set(ValueLayout.JAVA_LONG, 0, i);
          LockSupport.parkNanos(1); // may go on with another carrier
        }
        arena.reset();
        MemorySegment segment = arena.allocate(8, 8);
        InThread.virtual(
            () -> assertThrows(WrongThreadException.class, () -> segment.fill((byte) 1)));
      }
    });
  }
}
