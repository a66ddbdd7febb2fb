package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.ArenaOption;
import hak.core.HakAllocator;
import hak.core.ScopedArena;
import hak.testkit.HeapWalker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Arenas whose segments end together: what a stale access gets, when they end, what is kept. */
class DeferredArenaTest {
  /** So many arenas have one scope. */
  private static final int BATCH = 64;

  private HakAllocator allocator;

  @BeforeEach
  void open() {
    allocator = TestStack.FULL.open();
  }

  @AfterEach
  void walkAndClose() {
    allocator.trim();
    HeapWalker.check(allocator, new long[0]);
    allocator.close();
  }

  private ScopedArena arena() {
    return allocator.arena(ArenaOption.DEFERRED);
  }

  private static void assertEnded(MemorySegment segment) {
    assertFalse(segment.scope().isAlive());
    assertThrows(IllegalStateException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 0));
  }

  @Test
  void aStaleAccessMeetsMemoryThatNobodyElseHas() {
    List<MemorySegment> stale = new ArrayList<>();
    for (int i = 0; i < BATCH - 1; i++) {
      try (ScopedArena arena = arena()) {
        for (long size : new long[] {100, 2_000, 5_000}) {
          stale.add(arena.allocate(size, 8).fill((byte) i));
        }
      }
      for (int j = 0; j < stale.size(); j++) {
        assertEquals(j / 3, stale.get(j).get(ValueLayout.JAVA_BYTE, 99), "what was there");
      }
      allocator.allocate(1_024, 8).fill((byte) -1); // of the size of a chunk
    }
    arena().close();
    stale.forEach(DeferredArenaTest::assertEnded);
    allocator.close();
    open();
  }

  @Test
  void theScopesEndWithTheLastOfTheBatch() {
    List<ScopedArena> arenas = Stream.generate(this::arena).limit(BATCH).toList();
    List<MemorySegment> segments = arenas.stream().map(arena -> arena.allocate(8, 8)).toList();
    MemorySegment other = arena().allocate(8, 8);
    for (int i = 0; i < BATCH; i++) {
      for (MemorySegment segment : segments) {
        assertTrue(segment.scope().isAlive(), i + " are closed");
      }
      arenas.get(i).close();
    }
    segments.forEach(DeferredArenaTest::assertEnded);
    other.fill((byte) 1);
    allocator.close();
    open();
  }

  @Test
  void bytesThatAreSetAsideEndABatchEarly() {
    ScopedArena arena = arena();
    MemorySegment segment = arena.allocate(2 << 20, 8);
    arena.close();
    assertEnded(segment);
    HeapWalker.check(allocator, new long[0]);
  }

  @Test
  void anArenaThatStaysOpenHoldsBackItsBatchAlone() {
    ScopedArena open = arena();
    MemorySegment held = arena().allocate(8, 8);
    for (int i = 0; i < 40; i++) {
      try (ScopedArena arena = arena()) {
        arena.allocate(3 << 20, 8);
      }
    }
    // The first of the large ones was in the batch of the open one; the others are free.
    assertTrue(allocator.stats().liveBytes() < 8 << 20, allocator.stats()::toString);
    assertTrue(held.scope().isAlive());
    open.close();
    allocator.close();
    open();
  }

  @Test
  void aboveABoundEveryArenaEndsByItself() {
    List<ScopedArena> open = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      open.add(arena()); // keeps the batch of the next one
      try (ScopedArena arena = arena()) {
        arena.allocate(3 << 20, 8);
      }
    }
    ScopedArena last = arena();
    MemorySegment segment = last.allocate(8, 8);
    last.close();
    assertEnded(segment);
    open.forEach(ScopedArena::close);
    HeapWalker.check(allocator, new long[0]);
    ScopedArena again = arena();
    MemorySegment deferred = again.allocate(8, 8);
    again.close();
    assertTrue(deferred.scope().isAlive());
  }

  @Test
  void trimEndsWhatNobodyUses() {
    ScopedArena arena = arena();
    MemorySegment segment = arena.allocate(8, 8);
    arena.close();
    assertTrue(segment.scope().isAlive());
    allocator.trim();
    assertEnded(segment);
    HeapWalker.check(allocator, new long[0]);
  }

  @Test
  void closingTheAllocatorEndsThemToo() {
    ScopedArena closed = arena();
    MemorySegment segment = closed.allocate(8, 8);
    closed.close();
    allocator.close();
    assertEnded(segment);
    open();
    ScopedArena open = arena();
    MemorySegment later = open.allocate(8, 8);
    allocator.close();
    assertEquals(0, later.get(ValueLayout.JAVA_BYTE, 0));
    open.close();
    assertEnded(later);
    open();
  }

  @Test
  void resetJoinsAnotherBatch() {
    ScopedArena arena = arena();
    MemorySegment segment = arena.allocate(8, 8);
    arena.reset();
    MemorySegment next = arena.allocate(8, 8);
    assertEquals(0, next.get(ValueLayout.JAVA_LONG, 0));
    assertTrue(segment.address() != next.address());
    arena.close();
    allocator.trim();
    assertEnded(segment);
    assertEnded(next);
  }

  @Test
  void manyThreadsOpenAndCloseThem() throws InterruptedException {
    InThread.Work user =
        () -> {
          for (int i = 0; i < 2_000; i++) {
            try (ScopedArena arena = arena()) {
              for (int j = 0; j < 1 + i % 7; j++) {
                MemorySegment segment = arena.allocate(200, 8);
                assertEquals(0, segment.get(ValueLayout.JAVA_LONG, 192));
                segment.fill((byte) -1);
              }
            }
          }
        };
    InThread.all(Thread.ofPlatform(), List.of(user, user, user));
    InThread.all(Thread.ofVirtual(), List.of(user, user, user));
  }
}
