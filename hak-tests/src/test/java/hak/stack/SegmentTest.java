package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.inside.RawAccess;
import hak.testkit.HeapReport;
import hak.testkit.HeapWalker;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Segments without an arena: what frees them, what does not, and what they are afterwards. */
class SegmentTest {
  /** A block of each tier; the last one is outside of the reservation. */
  private static final long[] SIZES = {1, 40, 5_000, 100_000, 5 << 20};

  private static final long MAPPING = 5 << 20;

  /** An alignment that no block in the reservation has. */
  private static final long BEYOND_PAGE_RUNS = 4 << 20;

  private static void assertRefused(HakAllocator allocator, MemorySegment segment, String reason) {
    HeapReport before = HeapWalker.check(allocator);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> allocator.free(segment), segment::toString);
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertTrue(e.getMessage().contains("'" + allocator.describe().profile() + "'"), e.getMessage());
    assertEquals(before, HeapWalker.check(allocator));
  }

  private static void assertEnded(MemorySegment segment) {
    assertFalse(segment.scope().isAlive());
    assertThrows(IllegalStateException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 0));
  }

  @ParameterizedTest
  @EnumSource
  void segmentsOfArenasAreRefused(TestStack stack) {
    try (HakAllocator allocator = stack.open();
        Arena confined = allocator.arena();
        Arena shared = allocator.sharedArena()) {
      for (long size : SIZES) {
        for (Arena arena : List.of(confined, shared)) {
          MemorySegment segment = arena.allocate(size, 8);
          assertRefused(allocator, segment, "belongs to");
          segment.fill((byte) 1);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void foreignSegmentsAreRefused(TestStack stack) {
    try (HakAllocator allocator = stack.open();
        HakAllocator other = stack.open();
        Arena arena = Arena.ofConfined()) {
      assertRefused(allocator, MemorySegment.ofArray(new byte[100]), "heap segment");
      assertRefused(allocator, arena.allocate(100, 16), "belongs to");
      for (long size : SIZES) {
        MemorySegment segment = allocator.allocate(size, 8);
        assertRefused(allocator, MemorySegment.ofAddress(segment.address()), "belongs to");
        assertRefused(other, segment, "belongs to");
        allocator.free(segment);
      }
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void slicesAreRefused(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (long size : SIZES) {
        allocator.allocate(size, 8); // so that the next is not the first of its slab
        MemorySegment segment = allocator.allocate(size, 8);
        for (long offset : new long[] {1, 8, 16, 4_096, 65_536, size - 1}) {
          if (offset > 0 && offset < size) {
            assertRefused(allocator, segment.asSlice(offset), "slice");
          }
        }
        allocator.free(segment);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void longerSegmentsThanTheirBlockAreRefused(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (long size : new long[] {1, 40, 5_000, 100_000}) {
        MemorySegment segment = allocator.allocate(size, 8);
        long usable = allocator.usableSize(segment.address());
        assertRefused(allocator, segment.reinterpret(usable + 1), "slice");
        allocator.free(segment.reinterpret(usable));
      }
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readOnlyViewsOfASegmentFreeIt(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (long size : SIZES) {
        allocator.free(allocator.allocate(size, 8).asReadOnly());
      }
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMappingOfItsOwnEndsWhenItIsFreed(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (long alignment : new long[] {1, 16, BEYOND_PAGE_RUNS}) {
        long size = alignment == BEYOND_PAGE_RUNS ? 10 : MAPPING;
        MemorySegment segment = allocator.allocate(size, alignment);
        MemorySegment slice = segment.asSlice(1);
        segment.fill((byte) 1);
        allocator.free(segment);
        assertEnded(segment);
        assertEnded(slice);
        assertThrows(IllegalStateException.class, () -> allocator.free(segment));
        assertThrows(IllegalStateException.class, () -> allocator.free(slice));
        HeapWalker.check(allocator, new long[0]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMappingOfItsOwnEndsWhenItsAddressIsFreed(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      MemorySegment segment = allocator.allocate(MAPPING, 8);
      allocator.free(segment.address());
      assertEnded(segment);
      MemorySegment sized = allocator.allocate(MAPPING, 8);
      allocator.free(sized.address(), MAPPING);
      assertEnded(sized);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMappingOfItsOwnEndsWhenItsAddressIsReallocated(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (long newSize : new long[] {MAPPING, MAPPING + 1, 10, 3 * MAPPING}) {
        MemorySegment segment = allocator.allocate(MAPPING, 8).fill((byte) 3);
        long moved = allocator.realloc(segment.address(), newSize);
        assertEnded(segment);
        HeapWalker.check(allocator, moved);
        long kept = Math.min(newSize, MAPPING);
        MemorySegment content = RawAccess.everything().asSlice(moved, kept);
        assertEquals(-1, content.mismatch(MemorySegment.ofArray(filled(kept))));
        allocator.free(moved);
      }
    }
  }

  private static byte[] filled(long size) {
    byte[] bytes = new byte[Math.toIntExact(size)];
    java.util.Arrays.fill(bytes, (byte) 3);
    return bytes;
  }

  @ParameterizedTest
  @EnumSource
  void theAddressOfAMappingThatAnArenaHasIsRefused(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      MemorySegment segment;
      try (Arena arena = allocator.arena()) {
        segment = arena.allocate(MAPPING, 8);
        HeapReport before = HeapWalker.check(allocator);
        long address = segment.address();
        for (Executable call :
            List.<Executable>of(
                () -> allocator.free(address),
                () -> allocator.free(address, MAPPING),
                () -> allocator.realloc(address, 3 * MAPPING))) {
          var e = assertThrows(IllegalArgumentException.class, call);
          assertTrue(e.getMessage().contains("arena"), e.getMessage());
        }
        segment.fill((byte) 1);
        assertEquals(before, HeapWalker.check(allocator));
      }
      assertEnded(segment);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  /** Within a native call that was given the segment: from there its comparator calls back. */
  private static void whileItIsUsed(MemorySegment segment, Runnable work) throws Throwable {
    Linker linker = Linker.nativeLinker();
    MethodHandle qsort =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("qsort"),
            FunctionDescriptor.ofVoid(
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS));
    MethodHandle run =
        MethodHandles.lookup()
            .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
            .bindTo(work);
    MethodHandle compare =
        MethodHandles.dropArguments(
            MethodHandles.filterReturnValue(run, MethodHandles.constant(int.class, 0)),
            0,
            MemorySegment.class,
            MemorySegment.class);
    try (Arena arena = Arena.ofConfined()) {
      FunctionDescriptor comparator =
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
      qsort.invokeExact(segment, 2L, 4L, linker.upcallStub(compare, comparator, arena));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMappingThatIsUsedIsNotFreed(TestStack stack) throws Throwable {
    try (HakAllocator allocator = stack.open()) {
      MemorySegment segment = allocator.allocate(MAPPING, 8).fill((byte) 1);
      AtomicInteger calls = new AtomicInteger();
      whileItIsUsed(
          segment,
          () -> {
            HeapReport before = HeapWalker.check(allocator);
            assertThrows(IllegalStateException.class, () -> allocator.free(segment));
            assertThrows(IllegalStateException.class, () -> allocator.free(segment.address()));
            assertThrows(
                IllegalStateException.class,
                () -> allocator.realloc(segment.address(), 2 * MAPPING));
            assertEquals(before, HeapWalker.check(allocator));
            calls.incrementAndGet();
          });
      assertTrue(calls.get() > 0, "the native call did not call back");
      assertEquals(1, segment.get(ValueLayout.JAVA_BYTE, MAPPING - 1));
      allocator.free(segment);
      assertEnded(segment);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void freedByAnotherThreadDuringAnAccessItThrowsThere(TestStack stack)
      throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      for (int round = 0; round < 20; round++) {
        MemorySegment segment = allocator.allocate(MAPPING, 8);
        CountDownLatch reading = new CountDownLatch(1);
        InThread.Work reader =
            () ->
                assertThrows(
                    IllegalStateException.class,
                    () -> {
                      for (long sum = 0; sum >= 0; reading.countDown()) {
                        sum += segment.get(ValueLayout.JAVA_BYTE, MAPPING / 2);
                        segment.fill((byte) 0);
                      }
                    });
        InThread.Work freer =
            () -> {
              reading.await();
              allocator.free(segment);
            };
        InThread.all(Thread.ofPlatform(), List.of(reader, freer));
      }
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofSeveralThreadsThatFreeAMappingOneDoes(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = stack.open()) {
      AtomicInteger freed = new AtomicInteger();
      MemorySegment[] segments = new MemorySegment[200];
      for (int i = 0; i < segments.length; i++) {
        segments[i] = allocator.allocate(1, BEYOND_PAGE_RUNS);
      }
      CyclicBarrier together = new CyclicBarrier(3);
      InThread.Work freer =
          () -> {
            for (MemorySegment segment : segments) {
              together.await();
              try {
                allocator.free(segment);
                freed.incrementAndGet();
              } catch (IllegalStateException e) {
                assertFalse(segment.scope().isAlive());
              }
            }
          };
      InThread.all(Thread.ofPlatform(), List.of(freer, freer, freer));
      assertEquals(segments.length, freed.get());
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void smallAlignmentsHoldForEverySize(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (long alignment = 1; alignment <= 32; alignment *= 2) {
        for (long size = 0; size <= 64; size++) {
          for (int i = 0; i < 3; i++) {
            assertEquals(0, allocator.malloc(size, alignment) % alignment, size + " B");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecondFreeIsRefused(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (long size : new long[] {0, 1, 8, 16, 40, 5_000, 100_000, MAPPING}) {
        MemorySegment segment = allocator.allocate(size, 8).fill((byte) -1);
        allocator.free(segment);
        HeapReport before = HeapWalker.check(allocator);
        for (int i = 0; i < 2; i++) {
          RuntimeException e =
              assertThrows(RuntimeException.class, () -> allocator.free(segment), size + " B");
          assertTrue(
              e instanceof IllegalStateException || e instanceof IllegalArgumentException,
              e::toString);
          assertTrue(e.getMessage().contains("was freed"), e.getMessage());
        }
        assertEquals(before, HeapWalker.check(allocator));
      }
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBlockThatIsUsedAgainIsFreedAgain(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (long size : new long[] {1, 40, 5_000}) {
        long block = 0;
        for (int i = 0; i < 3; i++) {
          MemorySegment segment = allocator.allocate(size, 8);
          allocator.free(segment);
          block = segment.address();
        }
        // The mark of the last free is still in it.
        long again = allocator.malloc(Math.max(size, 16));
        allocator.free(allocator.asSegment(again, size));
        long byAddress = allocator.malloc(Math.max(size, 16));
        allocator.free(byAddress);
        assertTrue(block != 0 && again != 0 && byAddress != 0);
      }
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFreeThatFailsLeavesTheContent(TestStack stack) {
    HakAllocator allocator = stack.open();
    MemorySegment segment = allocator.allocate(40, 8).fill((byte) 5);
    allocator.close();
    assertThrows(IllegalStateException.class, () -> allocator.free(segment));
    assertEquals(0, segment.get(ValueLayout.JAVA_LONG, 8), "a closed stack is not written");
  }

  @ParameterizedTest
  @EnumSource
  void blocksOfTheAddressApiAreSegments(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      for (long size : new long[] {0, 1, 8, 40, 5_000, 100_000, MAPPING}) {
        long address = allocator.malloc(size);
        long usable = allocator.usableSize(address);
        MemorySegment segment = allocator.asSegment(address, usable).fill((byte) 3);
        assertEquals(address, segment.address());
        assertThrows(
            IndexOutOfBoundsException.class, () -> segment.get(ValueLayout.JAVA_BYTE, usable));
        MemorySegment part = allocator.asSegment(address, size);
        assertEquals(size, part.byteSize());
        for (long bad : new long[] {-1, usable + 1, Long.MAX_VALUE}) {
          assertThrows(
              IllegalArgumentException.class, () -> allocator.asSegment(address, bad), bad + " B");
        }
        assertEquals(3, segment.get(ValueLayout.JAVA_BYTE, usable - 1));
        if (size % 2 == 0) {
          allocator.free(address);
        } else {
          allocator.free(part);
        }
        if (size == MAPPING) {
          assertEnded(segment);
          assertEnded(part);
        }
      }
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoBlockIsNoSegment(TestStack stack) {
    try (HakAllocator allocator = stack.open();
        HakAllocator other = stack.open();
        Arena arena = allocator.arena()) {
      for (long size : SIZES) {
        long block = allocator.malloc(size);
        for (long address : new long[] {0, 64, block + 1, block + 4, other.malloc(size)}) {
          IllegalArgumentException e =
              assertThrows(IllegalArgumentException.class, () -> allocator.asSegment(address, 1));
          assertTrue(e.getMessage().contains("'" + allocator.describe().profile() + "'"));
        }
        allocator.free(block);
      }
      MemorySegment ofArena = arena.allocate(MAPPING, 8);
      assertThrows(IllegalArgumentException.class, () -> allocator.asSegment(ofArena.address(), 1));
    }
  }
}
