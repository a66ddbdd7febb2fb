package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.Ledger;
import hak.core.inside.RawAccess;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.FailingVirtualMemory.Call;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a stack says of its memory: how much is resident, live and usable, and what was refused. */
class ReportTest {
  private static final int MIB = 1 << 20;

  private static void touch(long address, long bytes) {
    for (long at = 0; at < bytes; at += 4096) {
      RawAccess.zero(address + at, 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTouchedIsResidentAndNothingElse(TestStack stack) {
    try (HakAllocator allocator =
        Hak.open(stack.profile().with(StackOptions.HUGE_FROM, StackOptions.HUGE_FROM.max()))) {
      long run = allocator.malloc(MIB);
      long big = allocator.malloc(64 * MIB);
      Ledger untouched = allocator.stats();
      assertTrue(untouched.residentBytes() < 4 * MIB, untouched::toString);
      touch(run, MIB / 2);
      touch(big, 32 * MIB);
      Ledger touched = allocator.stats();
      long grown = touched.residentBytes() - untouched.residentBytes() - 32 * MIB - MIB / 2;
      assertTrue(Math.abs(grown) <= 256 << 10, grown + " B more than was touched");
      assertTrue(touched.isBalanced(), touched::toString);
      allocator.free(big);
      allocator.free(run);
      allocator.trim();
      Ledger trimmed = allocator.stats();
      assertTrue(trimmed.residentBytes() <= untouched.residentBytes(), trimmed::toString);
    }
  }

  /** Blocks of 1 MiB that nobody touches, then freed: committed, free, and not there. */
  @Test
  void freeMemoryThatWasNeverTouchedIsNotResident() {
    try (HakAllocator allocator = TestStack.FULL.open()) {
      List<Long> blocks = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        blocks.add(allocator.malloc(MIB));
      }
      blocks.forEach(allocator::free);
      Ledger ledger = allocator.stats();
      assertTrue(ledger.freeBytes() + ledger.purgedBytes() >= 64 * MIB, ledger::toString);
      assertTrue(ledger.residentBytes() < 4 * MIB, ledger::toString);
    }
  }

  @Test
  void whatTheSystemDoesNotSayCountsAsResident() {
    FailingVirtualMemory system = new FailingVirtualMemory(EnumSet.of(Call.RESIDENT));
    try (HakAllocator allocator = TestStack.BARE.open(system)) {
      long block = allocator.malloc(8 * MIB);
      system.failFrom(1);
      Ledger ledger = allocator.stats();
      assertTrue(ledger.residentBytes() >= 8 * MIB + ledger.metadataBytes(), ledger::toString);
      assertTrue(ledger.residentBytes() <= ledger.committedBytes(), ledger::toString);
      allocator.free(block);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFirstLiveBytesAreThoseOfTheLedger(TestStack stack) {
    try (HakAllocator allocator = stack.open()) {
      long small = allocator.malloc(100);
      long big = allocator.malloc(5 * MIB);
      assertEquals(allocator.stats().liveBytes(), allocator.liveBytes());
      allocator.free(small);
      allocator.free(big);
    }
  }

  @Test
  void goodSizeIsWhatABlockHasInEveryShippedProfile() {
    for (String name : Hak.profiles()) {
      try (HakAllocator allocator = Hak.open(name)) {
        for (long size = 0; size < 16 * MIB; size += 1 + size / 7) {
          long block = allocator.malloc(size);
          assertEquals(allocator.usableSize(block), allocator.goodSize(size), name + ": " + size);
          allocator.free(block);
        }
      }
    }
  }

  @Test
  void goodSizeOfWhatNobodyCanHaveIsTheSize() {
    try (HakAllocator allocator = TestStack.BARE.open()) {
      assertEquals(Long.MAX_VALUE, allocator.goodSize(Long.MAX_VALUE));
      assertThrows(IllegalArgumentException.class, () -> allocator.goodSize(-1));
    }
  }

  private static Profile small(TestStack stack) {
    return stack
        .profile()
        .with(Section.TIERS, List.of("tiny", "mid", "large"))
        .with(StackOptions.START, 0)
        .with(StackOptions.REGION, StackOptions.REGION.min());
  }

  @ParameterizedTest
  @EnumSource
  void theErrorNamesTheSizeThatWasAskedFor(TestStack stack) throws InterruptedException {
    try (HakAllocator allocator = Hak.open(small(stack))) {
      List<Long> blocks = new ArrayList<>();
      InThread.Work exhaust =
          () -> {
            for (long size : new long[] {MIB, 10_000, 1_000, 100, 9, 9, 99, 999, 9_999, 99_999}) {
              String message =
                  assertThrows(OutOfMemoryError.class, () -> takeAll(allocator, size, blocks))
                      .getMessage();
              assertTrue(message.contains(String.format("%,d B requested", size)), message);
            }
            String message =
                assertThrows(OutOfMemoryError.class, () -> takeAll(allocator, 17, blocks))
                    .getMessage();
            assertTrue(message.contains("17 B requested"), message);
          };
      InThread.all(Thread.ofPlatform(), List.of(exhaust));
      InThread.all(Thread.ofVirtual(), List.of(exhaust));
      blocks.forEach(allocator::free);
    }
  }

  private static void takeAll(HakAllocator allocator, long size, List<Long> blocks) {
    while (true) {
      blocks.add(allocator.malloc(size));
    }
  }
}
