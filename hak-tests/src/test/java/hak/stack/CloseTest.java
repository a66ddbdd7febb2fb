package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.AllocationSite;
import hak.core.HakAllocator;
import hak.core.inside.RawAccess;
import hak.testkit.FailingVirtualMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stack may be closed at any moment: what comes after throws, what is in progress ends. */
class CloseTest {
  private static void assertClosed(Executable call) {
    assertThrows(IllegalStateException.class, call);
  }

  @ParameterizedTest
  @EnumSource
  void everyCallAfterCloseThrows(TestStack stack) throws InterruptedException {
    HakAllocator allocator = stack.open();
    long small = allocator.malloc(100);
    long large = allocator.malloc(100_000);
    long big = allocator.malloc(5 << 20);
    MemorySegment segment = allocator.allocate(100, 8);
    AllocationSite site = allocator.site(TestStack.SITE);
    LogHandler.messagesOf(allocator::close);
    InThread.Work calls =
        () -> {
          for (long size : new long[] {0, 100, 5_000, 100_000, 5 << 20}) {
            assertClosed(() -> allocator.malloc(size));
            assertClosed(() -> allocator.malloc(size, 64));
            assertClosed(() -> allocator.calloc(1, size));
            assertClosed(() -> allocator.realloc(0, size));
            assertClosed(() -> allocator.allocate(size, 8));
            assertClosed(() -> site.malloc(size));
            assertClosed(() -> site.malloc(size, 128));
            assertClosed(() -> site.calloc(1, size));
            assertClosed(() -> site.realloc(small, size));
            assertClosed(() -> site.allocate(size, 8));
          }
          for (long block : new long[] {small, large, big, 16, 0}) {
            assertClosed(() -> allocator.free(block));
            assertClosed(() -> allocator.free(block, 100));
            assertClosed(() -> allocator.realloc(block, 200));
            assertClosed(() -> allocator.usableSize(block));
          }
          assertClosed(() -> allocator.free(segment));
          assertClosed(() -> allocator.site("another"));
          assertClosed(allocator::site);
          assertClosed(allocator::arena);
          assertClosed(allocator::sharedArena);
          assertClosed(allocator::trim);
          assertClosed(allocator::stats);
          assertClosed(allocator::counts);
          assertClosed(allocator::describe);
          assertClosed(allocator::releaseThreadHeap);
        };
    InThread.all(Thread.ofPlatform(), List.of(calls));
    InThread.all(Thread.ofVirtual(), List.of(calls));
    try {
      calls.run(); // the thread that had a heap
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingTwiceDoesNothing(TestStack stack) {
    HakAllocator allocator = stack.open();
    allocator.malloc(100);
    assertEquals(1, LogHandler.messagesOf(allocator::close).size());
    assertEquals(List.of(), LogHandler.messagesOf(allocator::close));
  }

  @ParameterizedTest
  @EnumSource
  void liveBlocksAreReportedWithCountAndBytes(TestStack stack) {
    HakAllocator allocator = stack.open();
    long bytes = 0;
    for (long size : new long[] {8, 100, 5_000}) {
      bytes += allocator.usableSize(allocator.malloc(size));
    }
    for (long size : new long[] {100_000, 5 << 20}) {
      allocator.malloc(size);
      bytes += size;
    }
    List<String> messages = LogHandler.messagesOf(allocator::close);
    assertEquals(1, messages.size(), messages::toString);
    String message = messages.getFirst();
    assertTrue(message.contains("'" + stack.profile().name() + "'"), message);
    assertTrue(message.contains("5 live blocks"), message);
    assertTrue(message.contains(String.format("%,d B", bytes)), message);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsReportedWhenNothingIsLive(TestStack stack) {
    HakAllocator allocator = stack.open();
    for (long size : new long[] {8, 100, 5_000, 100_000, 5 << 20}) {
      allocator.free(allocator.malloc(size));
    }
    assertEquals(List.of(), LogHandler.messagesOf(allocator::close));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsReadAfterCloseIsZero(TestStack stack) {
    HakAllocator allocator = stack.open();
    MemorySegment memory = RawAccess.everything();
    List<Long> blocks = new ArrayList<>();
    for (long size : new long[] {8, 100, 5_000, 100_000, 5 << 20}) {
      long block = allocator.malloc(size);
      memory.set(ValueLayout.JAVA_BYTE, block + size - 1, (byte) 1);
      blocks.add(block + size - 1);
    }
    MemorySegment segment = allocator.allocate(100, 8);
    segment.fill((byte) 1);
    LogHandler.messagesOf(allocator::close);
    for (long address : blocks) {
      assertEquals(0, memory.get(ValueLayout.JAVA_BYTE, address));
    }
    assertEquals(0, segment.get(ValueLayout.JAVA_LONG, 0));
  }

  @Test
  void aSegmentKeepsTheMappingAlive() throws InterruptedException {
    FailingVirtualMemory system = new FailingVirtualMemory();
    MemorySegment[] held = {segmentOfAClosedStack(system)};
    for (int i = 0; i < 5; i++) {
      System.gc();
      assertEquals(0, held[0].get(ValueLayout.JAVA_LONG, 0));
    }
    assertTrue(system.mappedBytes() > 0, "unmapped with a segment in reach");
    held[0] = null;
    system.awaitNothingMapped();
  }

  private static MemorySegment segmentOfAClosedStack(FailingVirtualMemory system) {
    HakAllocator allocator = TestStack.FULL.open(system);
    MemorySegment segment = allocator.allocate(1_000, 8);
    LogHandler.messagesOf(allocator::close);
    return segment;
  }

  @ParameterizedTest
  @EnumSource
  void closeDuringMallocFreeAndAccessEndsThemWithAnException(TestStack stack)
      throws InterruptedException {
    for (int round = 0; round < 15; round++) {
      closeWhileOthersWork(stack, round);
    }
  }

  private static void closeWhileOthersWork(TestStack stack, int seed) throws InterruptedException {
    HakAllocator allocator = stack.open();
    CountDownLatch working = new CountDownLatch(3);
    InThread.Work platform = () -> assertClosed(() -> work(allocator, seed, working));
    InThread.Work virtual = () -> InThread.virtual(() -> platform.run());
    InThread.Work closer =
        () -> {
          working.await();
          LogHandler.messagesOf(allocator::close);
        };
    InThread.all(Thread.ofPlatform(), List.of(platform, platform, virtual, closer));
  }

  /** Allocates, writes, reads and frees until the stack is closed. */
  private static void work(HakAllocator allocator, int seed, CountDownLatch working) {
    MemorySegment memory = RawAccess.everything();
    SplittableRandom random = new SplittableRandom(seed);
    long[] blocks = new long[256];
    for (int i = 0; ; i++) {
      int index = random.nextInt(blocks.length);
      if (blocks[index] == 0) {
        long size = 8L + (random.nextInt(100) == 0 ? 200_000 : random.nextInt(3_000));
        blocks[index] =
            random.nextInt(500) == 0 ? allocator.malloc(3 << 20) : allocator.malloc(size);
        memory.set(ValueLayout.JAVA_LONG_UNALIGNED, blocks[index], i);
      } else {
        memory.get(ValueLayout.JAVA_LONG_UNALIGNED, blocks[index]);
        allocator.free(blocks[index]);
        blocks[index] = 0;
      }
      if (i == 10_000) {
        working.countDown();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void closedByTwoThreadsAtOnceItIsClosedOnce(TestStack stack) throws InterruptedException {
    for (int round = 0; round < 10; round++) {
      HakAllocator allocator = stack.open();
      allocator.malloc(1);
      CountDownLatch ready = new CountDownLatch(2);
      InThread.Work closer =
          () -> {
            ready.countDown();
            ready.await();
            allocator.close();
          };
      List<String> messages =
          LogHandler.messagesOf(() -> {
            try {
              InThread.all(Thread.ofPlatform(), List.of(closer, closer));
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          });
      assertEquals(1, messages.size());
      assertClosed(() -> allocator.malloc(1));
    }
  }
}
