package hak.box.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.PageRuns;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.SlabPlacementContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompactTest extends SlabPlacementContract {
  private static final int SMALL = 64;
  private static final int LARGE = 1_000;

  @Override
  protected String box() {
    return "compact";
  }

  private static HakAllocator open() {
    return Hak.open(
        Profile.ofTiers("compact", List.of("tiny")).with(Section.PLACEMENT, List.of("compact")));
  }

  private static List<Long> take(HakAllocator allocator, int size, long bytes) {
    List<Long> blocks = new ArrayList<>();
    for (long taken = 0; taken < bytes; taken += size) {
      blocks.add(allocator.malloc(size));
    }
    return blocks;
  }

  private static int superslabs(HakAllocator allocator) {
    return StackView.of(allocator).pageRuns().superslabCount();
  }

  @Test
  void smallAndLargeClassesShareNoSuperslab() {
    try (HakAllocator allocator = open()) {
      for (int i = 0; i < 10; i++) {
        take(allocator, SMALL, 200_000);
        take(allocator, LARGE, 200_000);
      }
      PageRuns pageRuns = StackView.of(allocator).pageRuns();
      List<Integer> classes = new ArrayList<>();
      for (int superslab = pageRuns.firstSuperslab();
          superslab < pageRuns.superslabEnd();
          superslab++) {
        classes.add(classesIn(allocator, superslab));
      }
      assertTrue(classes.stream().allMatch(count -> count == 1), classes::toString);
    }
  }

  /** How many size classes there are in a superslab. */
  private static int classesIn(HakAllocator allocator, int superslab) {
    StackView view = StackView.of(allocator);
    List<Integer> classes = new ArrayList<>();
    for (int page = 0; page < PageRuns.PAGES; page++) {
      int sizeClass = view.pages().sizeClassOf(view.pageRuns().pageAt(superslab, page));
      if (sizeClass != 0 && !classes.contains(sizeClass)) {
        classes.add(sizeClass);
      }
    }
    return classes.size();
  }

  @Test
  void aSuperslabThatWasTheOtherGroupsIsFilledToItsEnd() {
    try (HakAllocator allocator = open()) {
      take(allocator, SMALL, 4 * PageRuns.SUPERSLAB_BYTES).forEach(allocator::free);
      allocator.trim();
      int before = superslabs(allocator);
      take(allocator, LARGE, 3 * PageRuns.SUPERSLAB_BYTES);
      assertEquals(before, superslabs(allocator), "superslabs, of which 3 or 4 are enough");
    }
  }
}
