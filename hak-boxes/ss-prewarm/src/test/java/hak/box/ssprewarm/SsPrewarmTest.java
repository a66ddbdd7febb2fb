package hak.box.ssprewarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.Ledger;
import hak.core.inside.StackView;
import hak.core.memory.PageRuns;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.HeapWalker;
import hak.testkit.SuperslabSourceContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class SsPrewarmTest extends SuperslabSourceContract {
  private static final int SUPERSLABS = 3;

  @Override
  protected String box() {
    return "ss-prewarm";
  }

  private static Profile stack(boolean touch) {
    return Profile.ofTiers("prewarmed", List.of("tiny", "large"))
        .with(Section.SUPERSLABS, List.of("ss-prewarm"))
        .withSetting("ss-prewarm", "superslabs", (long) SUPERSLABS)
        .withSetting("ss-prewarm", "touch", touch);
  }

  private static int parked(HakAllocator allocator) {
    PageRuns pageRuns = StackView.of(allocator).pageRuns();
    int count = 0;
    for (int i = pageRuns.firstSuperslab(); i < pageRuns.superslabEnd(); i++) {
      count += pageRuns.status(i) == PageRuns.PARKED ? 1 : 0;
    }
    return count;
  }

  @Test
  void superslabsAreReadyAndUsedFirst() {
    try (HakAllocator allocator = Hak.open(stack(true))) {
      HeapWalker.check(allocator);
      assertEquals(SUPERSLABS, parked(allocator));
      for (int i = SUPERSLABS; i > 0; i--) {
        assertEquals(i, parked(allocator));
        allocator.malloc(PageRuns.SUPERSLAB_BYTES);
      }
      assertEquals(SUPERSLABS, StackView.of(allocator).pageRuns().superslabCount(), "no growth");
      HeapWalker.check(allocator);
    }
  }

  @Test
  void touchingThemMakesThemResident() {
    try (HakAllocator touched = Hak.open(stack(true));
        HakAllocator untouched = Hak.open(stack(false))) {
      assertEquals((long) SUPERSLABS * PageRuns.SUPERSLAB_BYTES, free(touched) - free(untouched));
    }
  }

  private static long free(HakAllocator allocator) {
    Ledger ledger = allocator.stats();
    return ledger.freeBytes();
  }

  @Test
  void trimGivesThemBackAndTheyCanBeUsedStill() {
    try (HakAllocator allocator = Hak.open(stack(true))) {
      allocator.trim();
      assertEquals(0, parked(allocator));
      HeapWalker.check(allocator);
      for (int i = 0; i < SUPERSLABS; i++) {
        allocator.malloc(PageRuns.SUPERSLAB_BYTES);
      }
      assertEquals(SUPERSLABS, StackView.of(allocator).pageRuns().superslabCount());
    }
  }

  @Test
  void aSmallRegionHasFewer() {
    Profile profile =
        stack(true)
            .withSetting("ss-prewarm", "superslabs", 1024L)
            .with(StackOptions.REGION, StackOptions.REGION.min())
            .with(StackOptions.THREADS, 1);
    try (HakAllocator allocator = Hak.open(profile)) {
      HeapWalker.check(allocator);
      assertThrows(OutOfMemoryError.class, () -> exhaust(allocator));
    }
  }

  private static void exhaust(HakAllocator allocator) {
    while (allocator.malloc(PageRuns.SUPERSLAB_BYTES) != 0) {
      HeapWalker.check(allocator);
    }
  }

  @Test
  void aStackWhoseSystemRefusesMemoryAfterwardsHasWhatWasReady() {
    FailingVirtualMemory system = new FailingVirtualMemory();
    try (HakAllocator allocator = system.open(stack(true))) {
      allocator.free(allocator.malloc(1)); // the thread has its heap
      system.failFrom(1);
      allocator.malloc(PageRuns.SUPERSLAB_BYTES);
      system.succeed();
    }
  }
}
