package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.inside.ArenaView;
import hak.testkit.HeapWalker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arenas over a stack: zeroed segments, freed all at once, dead afterwards. */
class ArenaTest {
  private static final long[] SIZES = {0, 1, 8, 100, 1_025, 40_000, 100_000, 3 << 20};

  private HakAllocator allocator;

  @AfterEach
  void walkAndClose() {
    HeapWalker.check(allocator, new long[0]);
    allocator.close();
  }

  private List<Arena> arenas(TestStack stack) {
    if (allocator == null) {
      allocator = stack.open();
    }
    return List.of(allocator.arena(), allocator.sharedArena());
  }

  @ParameterizedTest
  @EnumSource
  void segmentsAreZeroAlignedAndOfTheirSize(TestStack stack) {
    for (int round = 0; round < 3; round++) {
      for (Arena arena : arenas(stack)) {
        try (arena) {
          for (long size : SIZES) {
            for (long alignment = 1; alignment <= 8192; alignment *= 8) {
              MemorySegment segment = arena.allocate(size, alignment);
              assertEquals(size, segment.byteSize());
              assertEquals(0, segment.address() % alignment);
              assertEquals(-1, segment.mismatch(zeros(size)), "the first byte that is not zero");
              segment.fill((byte) -1);
            }
          }
        }
      }
    }
  }

  private static MemorySegment zeros(long size) {
    return MemorySegment.ofArray(new byte[Math.toIntExact(size)]);
  }

  @ParameterizedTest
  @EnumSource
  void closingFreesEveryBlock(TestStack stack) {
    List<Arena> arenas = arenas(stack);
    for (Arena arena : arenas) {
      for (int i = 0; i < 500; i++) {
        arena.allocate(1 + i * 10L);
      }
    }
    HeapWalker.check(
        allocator,
        arenas.stream().map(ArenaView::blocksOf).flatMapToLong(LongStream::of).toArray());
    arenas.forEach(Arena::close);
    HeapWalker.check(allocator, new long[0]);
  }

  @ParameterizedTest
  @EnumSource
  void aClosedArenaThrowsOnEveryUse(TestStack stack) {
    for (Arena arena : arenas(stack)) {
      List<MemorySegment> segments = new ArrayList<>();
      for (long size : SIZES) {
        segments.add(arena.allocate(size, 1));
      }
      arena.close();
      for (MemorySegment segment : segments) {
        assertFalse(segment.scope().isAlive());
        IllegalStateException e =
            assertThrows(IllegalStateException.class, () -> segment.fill((byte) 1));
        assertTrue(e.getMessage().contains("closed"), e.getMessage());
      }
      assertThrows(
          IllegalStateException.class, () -> segments.get(3).get(ValueLayout.JAVA_BYTE, 0));
      assertThrows(IllegalStateException.class, () -> arena.allocate(8, 8));
      assertThrows(IllegalStateException.class, arena::close);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accessBeyondASegmentThrows(TestStack stack) {
    for (Arena arena : arenas(stack)) {
      try (arena) {
        MemorySegment segment = arena.allocate(100, 1);
        for (long offset : new long[] {-1, 100, 101, Long.MAX_VALUE}) {
          assertThrows(
              IndexOutOfBoundsException.class, () -> segment.get(ValueLayout.JAVA_BYTE, offset));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void badSizesAndAlignmentsAreRefused(TestStack stack) {
    for (Arena arena : arenas(stack)) {
      assertThrows(IllegalArgumentException.class, () -> arena.allocate(-1, 1));
      for (long alignment : new long[] {0, -1, 3, -8, Long.MIN_VALUE}) {
        assertThrows(IllegalArgumentException.class, () -> arena.allocate(8, alignment));
      }
      assertThrows(OutOfMemoryError.class, () -> arena.allocate(Long.MAX_VALUE, 1));
      assertThrows(OutOfMemoryError.class, () -> arena.allocate(8, 1L << 62));
      assertEquals(1, ArenaView.blocksOf(arena).length);
      arena.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aConfinedArenaIsOfItsThread(TestStack stack) throws InterruptedException {
    allocator = stack.open();
    try (Arena arena = allocator.arena()) {
      MemorySegment segment = arena.allocate(8, 8);
      InThread.platform(() -> {
        assertThrows(WrongThreadException.class, () -> arena.allocate(8, 8));
        assertThrows(WrongThreadException.class, () -> segment.fill((byte) 1));
        assertThrows(WrongThreadException.class, arena::close);
      });
      segment.fill((byte) 1);
      HeapWalker.check(allocator, ArenaView.blocksOf(arena));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSharedArenaIsUsedAndClosedByAnyThread(TestStack stack) throws InterruptedException {
    allocator = stack.open();
    for (int round = 0; round < 10; round++) {
      Arena arena = allocator.sharedArena();
      List<InThread.Work> works =
          Stream.<InThread.Work>generate(() -> () -> useInTurns(arena)).limit(4).toList();
      InThread.all(Thread.ofPlatform(), works);
      InThread.virtual(arena::close);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  private static void useInTurns(Arena arena) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 500; i++) {
      MemorySegment segment = arena.allocate(8 + random.nextLong(2_000), 8);
      segment.set(ValueLayout.JAVA_LONG, 0, segment.address());
      assertEquals(segment.address(), segment.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSharedArenaClosedDuringUseEndsItWithAnException(TestStack stack)
      throws InterruptedException {
    allocator = stack.open();
    for (int round = 0; round < 10; round++) {
      Arena arena = allocator.sharedArena();
      InThread.Work user =
          () ->
              assertThrows(
                  IllegalStateException.class,
                  () -> {
                    while (true) {
                      arena.allocate(64, 8).fill((byte) 1);
                    }
                  });
      InThread.Work closer =
          () -> {
            useInTurns(arena);
            closeWhenNobodyIsInside(arena);
          };
      InThread.all(Thread.ofPlatform(), List.of(user, user, closer));
      HeapWalker.check(allocator, new long[0]);
    }
  }

  /** A shared arena refuses to close while a segment of it is being accessed. */
  private static void closeWhenNobodyIsInside(Arena arena) {
    while (arena.scope().isAlive()) {
      try {
        arena.close();
      } catch (IllegalStateException e) {
        Thread.onSpinWait();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anArenaIsClosedAfterItsAllocatorAllTheSame(TestStack stack) {
    for (int i = 0; i < 2; i++) {
      HakAllocator closed = stack.open();
      Arena arena = i == 0 ? closed.arena() : closed.sharedArena();
      List<MemorySegment> segments = new ArrayList<>();
      for (long size : SIZES) {
        segments.add(arena.allocate(size, 8));
      }
      closed.close();
      assertThrows(IllegalStateException.class, () -> arena.allocate(8, 8));
      assertEquals(0, segments.getLast().get(ValueLayout.JAVA_BYTE, 0));
      arena.close();
      for (MemorySegment segment : segments) {
        assertThrows(IllegalStateException.class, () -> segment.fill((byte) 1));
      }
      assertThrows(IllegalStateException.class, arena::close);
      assertThrows(IllegalStateException.class, closed::arena);
      assertThrows(IllegalStateException.class, closed::sharedArena);
    }
    allocator = stack.open();
  }

  @ParameterizedTest
  @EnumSource
  void freedSegmentsAreUsedAgain(TestStack stack) {
    allocator = stack.open();
    for (int i = 0; i < 1_000; i++) {
      MemorySegment segment = allocator.allocate(100 + i, 16);
      segment.fill((byte) 1);
      allocator.free(segment);
    }
    HeapWalker.check(allocator, new long[0]);
  }
}
