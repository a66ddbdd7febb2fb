package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.testkit.CheckedUser;
import hak.testkit.HeapReport;
import hak.testkit.HeapWalker;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What sizes, alignments and addresses out of range get, and that they change nothing. */
class ArgumentsTest {
  private static final long[] NEGATIVE = {-1, -8, Integer.MIN_VALUE, Long.MIN_VALUE};
  private static final long[] NO_ALIGNMENT = {
    0, -1, -16, Long.MIN_VALUE, 3, 12, 24, 4095, (1L << 40) + 1
  };
  private static final long[] TOO_LARGE = {
    (1L << 46) + 1, 1L << 47, 1L << 62, Long.MAX_VALUE - 4096, Long.MAX_VALUE
  };

  private HakAllocator allocator;
  private long live;

  private void open(TestStack stack) {
    allocator = stack.open();
    live = allocator.malloc(100);
  }

  @AfterEach
  void walkAndClose() {
    HeapWalker.check(allocator, live);
    allocator.free(live);
    allocator.close();
  }

  private String refused(Class<? extends Throwable> type, Executable call) {
    HeapReport before = HeapWalker.check(allocator, live);
    String message = assertThrows(type, call).getMessage();
    assertEquals(before.liveBlocks(), HeapWalker.check(allocator, live).liveBlocks());
    return message;
  }

  @ParameterizedTest
  @EnumSource
  void negativeSizesAreRefusedAndNamed(TestStack stack) {
    open(stack);
    for (long size : NEGATIVE) {
      Class<IllegalArgumentException> refusal = IllegalArgumentException.class;
      String number = Long.toString(size);
      assertTrue(refused(refusal, () -> allocator.malloc(size)).contains(number));
      assertTrue(refused(refusal, () -> allocator.malloc(size, 16)).contains(number));
      assertTrue(refused(refusal, () -> allocator.malloc(size, 1)).contains(number));
      assertTrue(refused(refusal, () -> allocator.calloc(1, size)).contains(number));
      assertTrue(refused(refusal, () -> allocator.calloc(size, 1)).contains(number));
      assertTrue(refused(refusal, () -> allocator.calloc(size, 0)).contains(number));
      assertTrue(refused(refusal, () -> allocator.calloc(0, size)).contains(number));
      assertTrue(refused(refusal, () -> allocator.realloc(live, size)).contains(number));
      assertTrue(refused(refusal, () -> allocator.realloc(0, size)).contains(number));
      assertTrue(refused(refusal, () -> allocator.free(live, size)).contains(number));
      refused(refusal, () -> allocator.allocate(size, 16));
    }
  }

  @ParameterizedTest
  @EnumSource
  void alignmentsThatAreNoPowersOfTwoAreRefusedAndNamed(TestStack stack) {
    open(stack);
    for (long alignment : NO_ALIGNMENT) {
      for (long size : new long[] {0, 1, 100, 50_000, 5 << 20}) {
        assertTrue(
            refused(IllegalArgumentException.class, () -> allocator.malloc(size, alignment))
                .contains(Long.toString(alignment)));
        refused(IllegalArgumentException.class, () -> allocator.allocate(size, alignment));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sizesThatNothingHoldsAreOutOfMemory(TestStack stack) {
    open(stack);
    for (long size : TOO_LARGE) {
      String message = refused(OutOfMemoryError.class, () -> allocator.malloc(size));
      assertTrue(message.contains(String.format("%,d B", size)), message);
      assertTrue(message.contains("'" + stack.profile().name() + "'"), message);
      refused(OutOfMemoryError.class, () -> allocator.malloc(size, 4096));
      refused(OutOfMemoryError.class, () -> allocator.malloc(size, 1L << 46));
      refused(OutOfMemoryError.class, () -> allocator.calloc(1, size));
      refused(OutOfMemoryError.class, () -> allocator.realloc(live, size));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSizeThatNothingHoldsCostsNobodyHisCaches(TestStack stack) {
    open(stack);
    for (int i = 0; i < 2; i++) {
      allocator.free(allocator.malloc(100));
      allocator.free(allocator.malloc(20_000));
    }
    HeapReport before = HeapWalker.check(allocator, live);
    for (long size : TOO_LARGE) {
      assertThrows(OutOfMemoryError.class, () -> allocator.malloc(size));
      assertThrows(OutOfMemoryError.class, () -> allocator.malloc(8, 1L << 50));
    }
    assertEquals(before, HeapWalker.check(allocator, live), "nothing was trimmed");
  }

  @ParameterizedTest
  @EnumSource
  void sizePlusAlignmentThatOverflowsIsOutOfMemory(TestStack stack) {
    open(stack);
    for (long alignment : new long[] {1L << 47, 1L << 61, 1L << 62}) {
      for (long size : new long[] {0, 1, 1L << 45, 1L << 62, Long.MAX_VALUE}) {
        refused(OutOfMemoryError.class, () -> allocator.malloc(size, alignment));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCallocThatOverflowsIsRefused(TestStack stack) {
    open(stack);
    long[][] products = {
      {1L << 32, 1L << 31}, {1L << 62, 2}, {Long.MAX_VALUE, 2}, {3, Long.MAX_VALUE / 2}
    };
    for (long[] product : products) {
      String message =
          refused(IllegalArgumentException.class, () -> allocator.calloc(product[0], product[1]));
      assertTrue(message.contains(Long.toString(product[0])), message);
      assertTrue(message.contains(Long.toString(product[1])), message);
    }
  }

  @ParameterizedTest
  @EnumSource
  void callocIsZeroAlsoWhenMemoryIsUsedAgain(TestStack stack) {
    open(stack);
    CheckedUser user = new CheckedUser(allocator, 1);
    for (int round = 0; round < 3; round++) {
      for (long size = 0; size < 5 << 20; size = size * 3 / 2 + 1) {
        user.calloc(1, size);
        user.calloc(3, size / 3);
      }
      user.freeAll(); // all were filled with a pattern
    }
    long nothing = allocator.calloc(0, 100);
    assertNotEquals(0, nothing);
    allocator.free(nothing);
  }

  @ParameterizedTest
  @EnumSource
  void sizeZeroIsABlockOfItsOwn(TestStack stack) {
    open(stack);
    Set<Long> addresses = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      addresses.add(allocator.malloc(0));
      addresses.add(allocator.calloc(0, 0));
      addresses.add(allocator.malloc(0, 64));
      addresses.add(allocator.realloc(0, 0));
      MemorySegment segment = allocator.allocate(0, 1);
      assertEquals(0, segment.byteSize());
      addresses.add(segment.address());
    }
    assertEquals(5_000, addresses.size());
    assertTrue(!addresses.contains(0L));
    long[] all = new long[5_001];
    int count = 0;
    for (long address : addresses) {
      all[count++] = address;
    }
    all[count] = live;
    HeapWalker.check(allocator, all);
    addresses.forEach(address -> allocator.free(address, 0));
  }

  @ParameterizedTest
  @EnumSource
  void everyAlignmentIsKeptForEverySize(TestStack stack) {
    open(stack);
    CheckedUser user = new CheckedUser(allocator, 1);
    for (long alignment = 1; alignment <= 4 << 20; alignment *= 2) {
      for (long size : new long[] {0, 1, 7, 8, 9, 100, 1_024, 1_025, 32_768, 70_000, 3 << 20}) {
        user.malloc(size, alignment);
      }
    }
    user.freeAll();
  }

  @ParameterizedTest
  @EnumSource
  void freeingZeroDoesNothing(TestStack stack) {
    open(stack);
    HeapReport before = HeapWalker.check(allocator, live);
    allocator.free(0);
    allocator.free(0, 100);
    assertEquals(before, HeapWalker.check(allocator, live));
  }

  @ParameterizedTest
  @EnumSource
  void usableSizeIsAtLeastWhatWasAskedForAndMayBeUsed(TestStack stack) {
    open(stack);
    for (long size = 1; size < 5 << 20; size = size * 5 / 4 + 1) {
      long address = allocator.malloc(size);
      long usable = allocator.usableSize(address);
      assertTrue(usable >= size);
      MemorySegment.ofAddress(address).reinterpret(usable).fill((byte) -1);
      allocator.free(address);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHeapSegmentIsNoBlock(TestStack stack) {
    open(stack);
    MemorySegment heapSegment = MemorySegment.ofArray(new byte[8]);
    refused(IllegalArgumentException.class, () -> allocator.free(heapSegment));
  }
}
