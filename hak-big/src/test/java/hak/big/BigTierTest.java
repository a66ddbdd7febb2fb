package hak.big;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.inside.RawAccess;
import hak.core.inside.StackView;
import hak.core.profile.Profile;
import hak.core.spi.LargeTier;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.FailingVirtualMemory.Call;
import hak.testkit.HeapWalker;
import hak.testkit.LargeTierContract;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class BigTierTest extends LargeTierContract {
  private static final long MIB = 1L << 20;
  private static final Profile TINY_AND_BIG =
      Profile.ofTiers("with-big", List.of("tiny", "big"))
          .withSetting("big", "purge-delay", 3_600_000L);

  private static final Profile NEVER_HUGE =
      TINY_AND_BIG.withSetting("big", "huge-from", BigTier.LARGEST_BYTES);

  private final FailingVirtualMemory system = new FailingVirtualMemory();

  @Override
  protected String box() {
    return "big";
  }

  private static LargeTier tierOf(HakAllocator allocator) {
    return StackView.of(allocator).largeTiers().getFirst();
  }

  /** All but the looks whether a block that was freed was filled. */
  private long callsForMemory(HakAllocator allocator) {
    return StackView.of(allocator).systemCalls() - system.count(Call.RESIDENT);
  }

  @Test
  void usingFreedMemoryAgainAsksNothingOfTheSystem() {
    try (HakAllocator allocator = system.open(TINY_AND_BIG)) {
      allocator.free(allocator.malloc(16 * MIB));
      long calls = callsForMemory(allocator);
      long first = allocator.malloc(16 * MIB);
      for (int i = 0; i < 100; i++) {
        allocator.free(allocator.malloc(3 * MIB + i));
      }
      allocator.free(first);
      assertEquals(calls, callsForMemory(allocator));
    }
  }

  @Test
  void noMoreIsKeptThanTheOptionSaysAndWhatWasFreedFirstGoesFirst() {
    Profile profile =
        NEVER_HUGE.withSetting("big", "keep", 16 * MIB).withSetting("big", "keep-share", 0L);
    try (HakAllocator allocator = system.open(profile)) {
      LargeTier tier = tierOf(allocator);
      long[] blocks = new long[20];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = allocator.malloc(4 * MIB);
      }
      for (int i = 0; i < blocks.length; i += 2) { // no two neighbours
        allocator.free(blocks[i]);
        assertTrue(tier.freeBytes() <= 16 * MIB, "kept " + tier.freeBytes());
        HeapWalker.check(allocator);
      }
      assertTrue(tier.freeBytes() >= 12 * MIB, "three quarters stay");
      assertTrue(system.count(Call.PURGE) < 10, "a call for each free");
      long again = allocator.malloc(4 * MIB);
      assertTrue(again != blocks[0] && !tier.comesZeroed(again), "the first was kept longest");
    }
  }

  @Test
  void whoUsesMuchKeepsMuch() {
    Profile profile =
        TINY_AND_BIG.withSetting("big", "keep", 0L).withSetting("big", "keep-share", 50L);
    try (HakAllocator allocator = system.open(profile)) {
      LargeTier tier = tierOf(allocator);
      long[] blocks = new long[20];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = allocator.malloc(4 * MIB);
      }
      for (int i = 0; i < 6; i++) {
        allocator.free(blocks[i]);
      }
      assertEquals(24 * MIB, tier.freeBytes(), "less than half of 56 MiB");
      assertEquals(0, system.count(Call.PURGE));
      for (int i = 6; i < blocks.length; i++) {
        allocator.free(blocks[i]);
        long inUse = (blocks.length - 1L - i) * 4 * MIB;
        assertTrue(tier.freeBytes() <= inUse / 2, tier.freeBytes() + " beside " + inUse);
        HeapWalker.check(allocator);
      }
      assertEquals(0, tier.freeBytes());
    }
  }

  @Test
  void whatWasFreedLongAgoGoesBackWithALaterFree() {
    Profile profile = TINY_AND_BIG.withSetting("big", "purge-delay", 0L);
    try (HakAllocator allocator = system.open(profile)) {
      long other = allocator.malloc(3 * MIB);
      allocator.free(allocator.malloc(5 * MIB));
      assertEquals(0, tierOf(allocator).freeBytes());
      assertEquals(1, system.count(Call.PURGE));
      allocator.free(other);
      HeapWalker.check(allocator, new long[0]);
    }
  }

  @Test
  void memoryThatTheSystemDoesNotTakeBackIsUsedAgainAndIsNotCalledZero() {
    try (HakAllocator allocator = system.open(TINY_AND_BIG)) {
      long block = allocator.malloc(5 * MIB);
      allocator.free(block);
      system.failFrom(1);
      tierOf(allocator).trim();
      assertEquals(5 * MIB, tierOf(allocator).freeBytes());
      system.succeed();
      assertEquals(block, allocator.malloc(5 * MIB));
      assertTrue(!tierOf(allocator).comesZeroed(block));
    }
  }

  @Test
  void aHundredThousandBlocksAreAFewMappings() {
    try (HakAllocator allocator = system.open(TINY_AND_BIG)) {
      long[] blocks = new long[100_000];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = allocator.malloc(2 * MIB + 1);
      }
      assertTrue(system.count(Call.MAP) < 300, system.count(Call.MAP) + " ranges");
      HeapWalker.check(allocator, blocks);
      for (long block : blocks) {
        allocator.free(block);
      }
      allocator.trim();
      HeapWalker.check(allocator, new long[0]);
      assertTrue(system.count(Call.UNMAP) > 100, "ranges without a block are unmapped");
    }
  }

  private static boolean isHuge(HakAllocator allocator, long block) {
    ExtentHeap heap = ((BigTier) tierOf(allocator)).heap();
    return heap.extents().isHuge(heap.live().at(block));
  }

  private static void write(long block, long size, long step) {
    for (long i = 0; i < size; i += step) {
      RawAccess.everything().set(ValueLayout.JAVA_BYTE, block + i, (byte) 1);
    }
    RawAccess.everything().set(ValueLayout.JAVA_BYTE, block + size - 1, (byte) 1);
  }

  @Test
  void blocksOfWhichLittleIsWrittenGetSmallPages() {
    Profile alwaysHuge = TINY_AND_BIG.withSetting("big", "huge-from", 0L);
    long size = 8 * MIB;
    try (HakAllocator allocator = system.open(alwaysHuge)) {
      long thin = allocator.malloc(size);
      assertTrue(isHuge(allocator, thin));
      write(thin, size, size);
      allocator.free(thin);
      long filled = allocator.malloc(size);
      assertFalse(isHuge(allocator, filled), "the first was hardly written");
      write(filled, size, ExtentHeap.PAGE);
      allocator.free(filled);
      assertTrue(isHuge(allocator, allocator.malloc(size)), "the second was filled");
      HeapWalker.check(allocator);
    }
  }

  @Test
  void blocksThatAreFilledKeepTheirHugePages() {
    Profile alwaysHuge =
        TINY_AND_BIG.withSetting("big", "huge-from", 0L).withSetting("big", "purge-delay", 0L);
    long size = 8 * MIB;
    try (HakAllocator allocator = system.open(alwaysHuge)) {
      for (int i = 0; i < 20; i++) {
        long block = allocator.malloc(size);
        assertTrue(isHuge(allocator, block));
        write(block, size / 2, ExtentHeap.PAGE);
        allocator.free(block);
      }
    }
  }

  @Test
  void hugePagesAreAskedForBeyondTheOption() {
    try (HakAllocator allocator = system.open(NEVER_HUGE)) {
      allocator.malloc(5 * MIB);
      assertEquals(0, system.count(Call.ADVISE_HUGE));
    }
    try (HakAllocator allocator = system.open(TINY_AND_BIG)) {
      for (int i = 0; i < 3; i++) {
        allocator.malloc(5 * MIB);
      }
      assertEquals(0, system.count(Call.ADVISE_HUGE), "15 MiB are in small ones");
      allocator.malloc(5 * MIB);
      assertEquals(1, system.count(Call.ADVISE_HUGE), "once for the range");
      allocator.malloc(5 * MIB);
      assertEquals(1, system.count(Call.ADVISE_HUGE));
    }
  }
}
