package hak.box.lean;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.PageRuns;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.HeapWalker;
import hak.testkit.SuperslabSourceContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeanTest extends SuperslabSourceContract {
  @Override
  protected String box() {
    return "lean";
  }

  private static HakAllocator open(long keptSuperslabs, long after) {
    return Hak.open(
        Profile.ofTiers("lean", List.of("tiny", "large"))
            .with(Section.SUPERSLABS, List.of("lean"))
            .withSetting("lean", "keep", keptSuperslabs * PageRuns.SUPERSLAB_BYTES)
            .withSetting("lean", "after", after));
  }

  private static List<Long> take(HakAllocator allocator, int superslabs) {
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < superslabs; i++) {
      blocks.add(allocator.malloc(PageRuns.SUPERSLAB_BYTES));
    }
    return blocks;
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
  void keepsNoMoreThanItMay() {
    try (HakAllocator allocator = open(2, 1_000)) {
      take(allocator, 5).forEach(allocator::free);
      assertEquals(2, parked(allocator));
      HeapWalker.check(allocator);
    }
  }

  @Test
  void keepsNoneWhereNothingMayBeKept() {
    try (HakAllocator allocator = open(0, 1_000)) {
      take(allocator, 5).forEach(allocator::free);
      assertEquals(0, parked(allocator));
      HeapWalker.check(allocator);
    }
  }

  @Test
  void theOneEmptiedLastIsUsedAgain() {
    try (HakAllocator allocator = open(2, 1_000)) {
      List<Long> blocks = take(allocator, 3);
      blocks.forEach(allocator::free);
      assertEquals(blocks.getLast(), take(allocator, 1).getFirst());
    }
  }

  @Test
  void oneThatIsKeptTooLongIsPurged() {
    AgeingSuperslabs kept = new AgeingSuperslabs(10, 6);
    kept.add(7);
    for (int i = 0; i < 3; i++) {
      assertEquals(-1, kept.takeAged());
      kept.add(100 + i);
      assertEquals(100 + i, kept.takeYoungest());
    }
    assertEquals(7, kept.takeAged(), "6 came or went since");
    assertEquals(-1, kept.takeAged());
  }
}
