package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.PageRuns;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.LargeTier;
import hak.core.spi.Section;
import hak.testkit.HeapWalker;
import hak.testkit.RecordedSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The option {@code stack.budget}, and what the system says of memory and address space. */
class BudgetTest {
  private static final long MIB = 1 << 20;

  /** More than any budget here, freed at once. */
  private static final int BURST = 96;

  @TempDir private Path folder;
  private RecordedSystem system;

  @BeforeEach
  void recordASystem() {
    system = new RecordedSystem(folder);
  }

  /** A stack whose boxes would keep all of a burst. */
  private static Profile keeper(long budget) {
    return TestStack.FULL
        .profile()
        .withSetting("ss-reuse", "keep", 1L << 30)
        .withSetting("big", "keep", 1L << 30)
        .with(Section.LEARNERS, List.of())
        .with(StackOptions.BUDGET, budget);
  }

  /** Allocates and frees runs of pages and big blocks, of both more than is to be kept. */
  private static void burst(HakAllocator allocator) {
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < BURST; i++) {
      blocks.add(allocator.malloc(MIB));
      if (i % 3 == 0) {
        blocks.add(allocator.malloc(3 * MIB));
      }
    }
    HeapWalker.check(allocator, blocks.stream().mapToLong(Long::longValue).toArray());
    blocks.forEach(allocator::free);
    HeapWalker.check(allocator, new long[0]);
  }

  private static long parkedBytes(HakAllocator allocator) {
    PageRuns runs = StackView.of(allocator).pageRuns();
    long bytes = 0;
    for (int i = runs.firstSuperslab(); i < runs.superslabEnd(); i++) {
      bytes += runs.status(i) == PageRuns.PARKED ? PageRuns.SUPERSLAB_BYTES : 0;
    }
    return bytes;
  }

  private static long keptBigBytes(HakAllocator allocator) {
    return StackView.of(allocator).largeTiers().stream().mapToLong(LargeTier::freeBytes).sum();
  }

  private static void assertKeeps(long budget, HakAllocator allocator) {
    assertTrue(parkedBytes(allocator) <= budget / 2, parkedBytes(allocator) + " B of superslabs");
    assertTrue(keptBigBytes(allocator) <= budget / 2, keptBigBytes(allocator) + " B of big blocks");
  }

  @Test
  void aStackKeepsWhatItsBudgetAllowsAndNoLess() {
    try (HakAllocator allocator = system.open(keeper(32 * MIB))) {
      for (int round = 0; round < 5; round++) {
        burst(allocator);
        assertKeeps(32 * MIB, allocator);
        assertEquals(16 * MIB, parkedBytes(allocator));
        assertTrue(keptBigBytes(allocator) >= 8 * MIB, keptBigBytes(allocator) + " B");
      }
      allocator.trim();
      assertEquals(0, parkedBytes(allocator) + keptBigBytes(allocator));
      burst(allocator);
      assertEquals(16 * MIB, parkedBytes(allocator), "what was trimmed is counted no longer");
    }
  }

  @Test
  void itIsDividedAsTheProfileSays() {
    Profile profile = keeper(32 * MIB).with(StackOptions.BUDGET_SUPERSLABS, 75);
    try (HakAllocator allocator = system.open(profile)) {
      burst(allocator);
      assertEquals(24 * MIB, parkedBytes(allocator));
      assertTrue(keptBigBytes(allocator) <= 8 * MIB, keptBigBytes(allocator) + " B");
    }
  }

  @Test
  void withoutOneItsBoxesDecide() {
    system.limitMemory(64 * MIB);
    try (HakAllocator allocator = system.open(keeper(StackOptions.BUDGET_OFF))) {
      burst(allocator);
      assertTrue(parkedBytes(allocator) >= BURST * MIB - 4 * MIB, parkedBytes(allocator) + " B");
      assertEquals(BURST * MIB, keptBigBytes(allocator));
      assertEquals("", allocator.describe().budget());
    }
  }

  @Test
  void aBudgetOfNothingKeepsNothing() {
    try (HakAllocator allocator = system.open(keeper(0))) {
      burst(allocator);
      assertEquals(0, parkedBytes(allocator) + keptBigBytes(allocator));
    }
  }

  @Test
  void byDefaultItIsAnEighthOfTheMemoryOfTheProcess() {
    assertEquals(StackOptions.BUDGET_AUTO, StackOptions.DEFAULTS.budgetBytes());
    system.limitMemory(256 * MIB);
    try (HakAllocator allocator = system.open(keeper(StackOptions.BUDGET_AUTO))) {
      burst(allocator);
      assertKeeps(32 * MIB, allocator);
      assertEquals(
          "32 MiB, an eighth of the 256 MiB that the process may use ("
              + RecordedSystem.MEMORY_MAX
              + ")",
          allocator.describe().budget());
      assertTrue(
          allocator.describe().toString().contains("keeps free memory of at most 32 MiB"),
          allocator.describe().toString());
    }
  }

  @Test
  void stacksOfOneProcessShareItsEighth() {
    system.limitMemory(256 * MIB);
    Profile profile = keeper(StackOptions.BUDGET_AUTO);
    try (HakAllocator one = system.open(profile);
        HakAllocator other = system.open(profile)) {
      burst(one);
      burst(other);
      assertTrue(parkedBytes(one) + parkedBytes(other) <= 16 * MIB);
      assertTrue(keptBigBytes(one) + keptBigBytes(other) <= 16 * MIB);
    }
  }

  @Test
  void whereNothingLimitsTheProcessThereIsNone() {
    try (HakAllocator allocator = system.open(keeper(StackOptions.BUDGET_AUTO))) {
      burst(allocator);
      assertEquals(BURST * MIB, keptBigBytes(allocator));
      assertFalse(allocator.describe().toString().contains("keeps free memory"));
    }
  }

  @Test
  void moreThanTheProcessMayUseIsToldOnceAndNotKept() {
    system.limitMemory(128 * MIB);
    Profile profile = keeper(1 << 30).withName("too large");
    List<String> messages =
        LogHandler.messagesOf(() -> {
          for (int i = 0; i < 2; i++) {
            try (HakAllocator allocator = system.open(profile)) {
              burst(allocator);
              assertKeeps(16 * MIB, allocator);
            }
          }
        });
    assertEquals(
        List.of(
            "allocator 'too large': stack.budget of 1,024 MiB is more than the 128 MiB that the"
                + " process may use ("
                + RecordedSystem.MEMORY_MAX
                + "), so the budget is an eighth of that"),
        messages);
  }

  @Test
  void whatIsReadyFromTheStartIsWithinTheBudget() {
    Profile profile =
        keeper(16 * MIB)
            .with(Section.SUPERSLABS, List.of("ss-prewarm", "ss-reuse"))
            .withSetting("ss-prewarm", "superslabs", 64L);
    try (HakAllocator allocator = system.open(profile)) {
      assertEquals(8 * MIB, parkedBytes(allocator));
      burst(allocator);
      assertKeeps(16 * MIB, allocator);
    }
  }

  // ---- address space

  @Test
  void theRegionIsHalfOfTheAddressSpaceThatIsLeft() {
    system.limitAddressSpace(8L << 30, 2L << 30);
    Profile profile = TestStack.BARE.profile().with(StackOptions.REGION, 32L << 30);
    List<String> messages =
        LogHandler.messagesOf(() -> {
          try (HakAllocator allocator = system.open(profile)) {
            assertEquals((3L << 30) - 2 * MIB, allocator.describe().regionBytes());
            assertEquals(32L << 30, allocator.describe().wantedRegionBytes());
            burst(allocator);
          }
        });
    String message = messages.getLast();
    assertTrue(message.contains("RLIMIT_AS 6,144 MiB are left"), message);
    assertTrue(message.contains("3,070 MiB reserved"), message);
  }

  @Test
  void aRegionThatFitsIsReservedWithoutTheRest() {
    system.limitAddressSpace(8L << 30, 2L << 30);
    Profile profile = TestStack.BARE.profile().with(StackOptions.REGION, 1L << 30);
    try (HakAllocator allocator = system.open(profile)) {
      assertEquals(1L << 30, allocator.describe().regionBytes());
      assertEquals(1L << 30, StackView.of(allocator).memory().segment().byteSize());
      burst(allocator);
    }
  }

  @Test
  void tooLittleAddressSpaceIsAnErrorThatSaysSo() {
    system.limitAddressSpace(1L << 30, 900 * MIB);
    OutOfMemoryError error =
        assertThrows(OutOfMemoryError.class, () -> system.open(TestStack.BARE.profile()));
    assertTrue(error.getMessage().contains("of RLIMIT_AS 124 MiB are left"), error.getMessage());
  }
}
