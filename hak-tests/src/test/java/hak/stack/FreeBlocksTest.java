package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.Ledger;
import hak.core.inside.RawAccess;
import hak.core.slabs.FreeBlocks;
import hak.testkit.CheckedUser;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.FailingVirtualMemory.Call;
import hak.testkit.HeapReport;
import hak.testkit.HeapWalker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trim gives back what is free at the end of slabs with a live block: {@link FreeBlocks}. */
class FreeBlocksTest {
  private static final long MIB = 1 << 20;
  private static final int BURST_BYTES = 32 << 20;
  private static final MemorySegment MEMORY = RawAccess.everything();

  private final FailingVirtualMemory system = new FailingVirtualMemory(EnumSet.of(Call.PURGE));

  /** Blocks that are written to, each with its own address. */
  private static List<Long> burst(HakAllocator allocator, int blockBytes) {
    return allocate(allocator, blockBytes, BURST_BYTES / blockBytes);
  }

  private static List<Long> allocate(HakAllocator allocator, int blockBytes, int count) {
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long block = allocator.malloc(blockBytes);
      for (int at = 0; at < blockBytes; at += 8) {
        MEMORY.set(ValueLayout.JAVA_LONG_UNALIGNED, block + at, block);
      }
      blocks.add(block);
    }
    return blocks;
  }

  private static void assertWhole(List<Long> blocks, int blockBytes) {
    for (long block : blocks) {
      for (int at = 0; at < blockBytes; at += 8) {
        assertEquals(block, MEMORY.get(ValueLayout.JAVA_LONG_UNALIGNED, block + at));
      }
    }
  }

  /** Frees all but those at one place of each 64 KiB; those that remain. */
  private static List<Long> thinOut(HakAllocator allocator, List<Long> blocks, int place) {
    List<Long> live = new ArrayList<>();
    for (long block : blocks) {
      if ((block & 0xFFFF) >> 12 == place) {
        live.add(block);
      } else {
        allocator.free(block);
      }
    }
    return live;
  }

  private static void assertLive(HakAllocator allocator, List<Long> live) {
    HeapWalker.check(allocator, live.stream().mapToLong(Long::longValue).toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 14, 15})
  void whatIsFreeBehindTheLastLiveBlockGoes(int place) {
    try (HakAllocator allocator = TestStack.BARE.open(system)) {
      List<Long> live = thinOut(allocator, burst(allocator, 4096), place);
      allocator.trim();
      long resident = allocator.stats().residentBytes();
      long most = BURST_BYTES / 16L * (place + 1) + MIB;
      assertTrue(resident <= most, resident + " B are resident, not " + most);
      assertWhole(live, 4096);
      assertLive(allocator, live);
      long committed = allocator.stats().committedBytes();
      live.addAll(allocate(allocator, 4096, 15 * live.size()));
      assertWhole(live, 4096);
      assertEquals(committed, allocator.stats().committedBytes(), "free blocks were not found");
    }
  }

  /** Blocks that lie across pages, and slabs of several pages. */
  @ParameterizedTest
  @ValueSource(ints = {16, 48, 112, 1000, 5120, 6144, 7168, 20_480, 40_960, 98_304, 262_144})
  void blocksOfEverySizeStayWholeAndAreFoundAgain(int blockBytes) {
    try (HakAllocator allocator = Hak.open("default")) {
      SplittableRandom random = new SplittableRandom(blockBytes);
      List<Long> live = new ArrayList<>();
      for (long block : burst(allocator, blockBytes)) {
        if (random.nextInt(40) == 0) {
          live.add(block);
        } else {
          allocator.free(block);
        }
      }
      long before = freeBytes(allocator);
      for (int round = 0; round < 2; round++) {
        allocator.trim();
        assertWhole(live, blockBytes);
        assertLive(allocator, live);
      }
      assertTrue(freeBytes(allocator) <= before, "free is what it was, or nobody's memory");
      live.addAll(burst(allocator, blockBytes));
      assertWhole(live, blockBytes);
      assertLive(allocator, live);
      live.forEach(allocator::free);
      allocator.trim();
      assertLive(allocator, List.of());
    }
  }

  private static long freeBytes(HakAllocator allocator) {
    Ledger ledger = allocator.stats();
    return ledger.freeBytes() + ledger.cachedBytes();
  }

  @Test
  void whereTheSystemRefusesNothingChanges() throws InterruptedException {
    try (HakAllocator allocator = TestStack.BARE.open(system)) {
      List<Long> live = thinOut(allocator, burst(allocator, 4096), 3);
      HeapReport before = HeapWalker.check(allocator);
      system.failFrom(1);
      allocator.trim();
      assertTrue(system.failureCount() > live.size() / 2, "no tail was tried");
      assertEquals(before.uncarvedBlocks(), HeapWalker.check(allocator).uncarvedBlocks());
      assertLive(allocator, live);
      system.succeed();
      InThread.platform(allocator::trim);
      assertLive(allocator, live);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSegmentWhoseBlockWasCutOffIsFreedOnce(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      List<MemorySegment> segments = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        segments.add(allocator.allocate(4096, 8));
      }
      segments.subList(1, 64).forEach(allocator::free);
      allocator.trim();
      for (MemorySegment segment : segments.subList(1, 64)) {
        RuntimeException told = assertThrows(RuntimeException.class, () -> allocator.free(segment));
        assertTrue(told.getMessage().contains("freed"), told.getMessage());
      }
      allocator.free(segments.getFirst());
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @Test
  void threadsThatGoOnMeanwhileLoseNothing() throws InterruptedException {
    try (HakAllocator allocator = TestStack.FULL.open(system)) {
      List<InThread.Work> works = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        CheckedUser user = new CheckedUser(allocator, i);
        SplittableRandom random = new SplittableRandom(i);
        works.add(() -> {
          for (int round = 0; round < 20; round++) {
            user.play(random, 400, CheckedUser.Sizes.upTo(40_000));
            allocator.trim();
          }
          user.freeAll();
        });
      }
      InThread.all(Thread.ofPlatform(), works);
      HeapWalker.check(allocator, new long[0]);
    }
  }
}
