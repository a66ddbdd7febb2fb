package hak.box.midseparate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.testkit.HeapWalker;
import hak.testkit.SizeTierContract;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MidSeparateTest extends SizeTierContract {
  private static final int SEGMENT_SHIFT = 21;
  private static final int PAGES_OF_A_SEGMENT = 32;
  private static final int PAGE_BYTES = 64 << 10;
  private static final int BLOCKS_OF_A_PAGE = 64;

  @Override
  protected String box() {
    return "mid-separate";
  }

  @Override
  protected Set<String> coldMethods() {
    return Set.of(
        "SlabTier.allocateSlow",
        "SlabTier.carveOrSlow",
        "SlabTier.releaseSlow",
        "RemoteFrees.free");
  }

  private static Profile profileOf(String name) {
    return Profile.ofTiers(name, List.of("mid-separate"));
  }

  private static List<Long> take(HakAllocator stack, int blocks, long size) {
    List<Long> taken = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      taken.add(stack.malloc(size));
    }
    return taken;
  }

  @Test
  void sizeClassesShareNoSegment() {
    try (HakAllocator stack = Hak.open(profileOf("separate"))) {
      Set<Long> segments = new HashSet<>();
      int all = 0;
      for (long size : new long[] {16, 320, 512, 1024}) {
        Set<Long> ofClass = new HashSet<>();
        for (long block : take(stack, 40 * BLOCKS_OF_A_PAGE, size)) {
          ofClass.add(block >> SEGMENT_SHIFT);
        }
        segments.addAll(ofClass);
        all += ofClass.size();
      }
      assertEquals(all, segments.size());
      HeapWalker.check(stack);
    }
  }

  @Test
  void aSegmentGoesBackWhenItsLastPageIsFree() {
    try (HakAllocator stack = Hak.open(profileOf("goes-back"))) {
      int segments = 3;
      List<Long> blocks = take(stack, segments * PAGES_OF_A_SEGMENT * BLOCKS_OF_A_PAGE, 1024);
      assertEquals(segments, HeapWalker.check(stack).superslabs());
      blocks.forEach(stack::free);
      assertEquals(2, HeapWalker.check(stack).superslabs(), "of the active slab, and of the last");
      stack.trim();
      assertEquals(0, HeapWalker.check(stack).superslabs());
    }
  }

  @Test
  void aBrokenUpSegmentServesOthersAndComesBackInParts() {
    try (HakAllocator stack = Hak.open(profileOf("broken-up"))) {
      List<Long> live = take(stack, PAGES_OF_A_SEGMENT * BLOCKS_OF_A_PAGE, 1024);
      List<Long> kept = new ArrayList<>();
      for (int page = 0; page < PAGES_OF_A_SEGMENT; page += 5) {
        kept.add(live.get(page * BLOCKS_OF_A_PAGE));
      }
      live.removeAll(new HashSet<>(kept));
      live.forEach(stack::free);
      stack.trim();
      assertEquals(kept.size(), HeapWalker.check(stack).slabs());
      List<Long> others = take(stack, 2 * PAGES_OF_A_SEGMENT * BLOCKS_OF_A_PAGE, 512);
      kept.forEach(stack::free);
      HeapWalker.check(stack);
      others.forEach(stack::free);
      stack.trim();
      assertEquals(0, HeapWalker.check(stack).superslabs());
    }
  }

  @Test
  void withoutASegmentLeftPagesAreTakenOneByOne() {
    Profile small =
        Profile.ofTiers("small", List.of("mid-separate", "large"))
            .with(StackOptions.REGION, StackOptions.REGION.min());
    try (HakAllocator stack = Hak.open(small)) {
      List<Long> runs = takeAll(stack, 24 * PAGE_BYTES);
      assertEquals(List.of(), takeAll(stack, 24 * PAGE_BYTES));
      List<Long> blocks = takeAll(stack, 1024);
      assertEquals(runs.size() * 8 * BLOCKS_OF_A_PAGE, blocks.size(), "in what the runs leave");
      HeapWalker.check(stack);
      blocks.forEach(stack::free);
      runs.forEach(stack::free);
    }
  }

  private static List<Long> takeAll(HakAllocator stack, long size) {
    List<Long> taken = new ArrayList<>();
    try {
      while (true) {
        taken.add(stack.malloc(size));
      }
    } catch (OutOfMemoryError e) {
      return taken;
    }
  }
}
