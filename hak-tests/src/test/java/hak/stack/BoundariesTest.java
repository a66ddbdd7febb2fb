package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.SizeClasses;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import hak.testkit.HeapWalker;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Wherever the boundaries between tiers are, every size is served, and by a block that fits it. */
class BoundariesTest {
  /** Below it sizes are rounded to multiples of 16 B. */
  private static final long FINE_FROM = 128;

  private static final long LARGEST = 3 << 20;

  /** The sizes at and beside the end of each class, run of pages and tier. */
  private static LongStream edges(SizeClasses classes) {
    LongStream ofClasses =
        IntStream.rangeClosed(1, classes.last()).mapToLong(sizeClass -> classes.bytes(sizeClass));
    LongStream ofRuns = LongStream.rangeClosed(1, LARGEST >> 16).map(pages -> pages << 16);
    return LongStream.concat(LongStream.of(0), LongStream.concat(ofClasses, ofRuns))
        .flatMap(edge -> LongStream.rangeClosed(Math.max(0, edge - 1), edge + 1))
        .distinct();
  }

  private static void serveEverySize(HakAllocator stack, double mostWaste) {
    SizeClasses classes = StackView.of(stack).sizeClasses();
    long[] sizes = edges(classes).toArray();
    long[] blocks = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      blocks[i] = stack.malloc(sizes[i]);
      long usable = stack.usableSize(blocks[i]);
      assertTrue(usable >= sizes[i], sizes[i] + " B got " + usable);
      assertTrue(
          sizes[i] < FINE_FROM || usable <= mostWaste * sizes[i], sizes[i] + " B got " + usable);
    }
    HeapWalker.check(stack, blocks);
    for (long block : blocks) {
      stack.free(block);
    }
    assertEquals(0, HeapWalker.check(stack).liveBlocks());
  }

  @Example
  void theDefaultProfileWastesAQuarterAtMost() {
    try (HakAllocator stack = Hak.open("default")) {
      serveEverySize(stack, 1.25);
    }
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void everySizeIsServedWhereverTheBoundariesAre(
      @ForAll @IntRange(min = 64, max = 8 << 10) int tiny,
      @ForAll @IntRange(min = 2 << 10, max = 256 << 10) int mid,
      @ForAll @IntRange(min = 1, max = 16 << 10) int extraUnits,
      @ForAll boolean classic,
      @ForAll boolean cached) {
    Profile profile =
        Profile.ofTiers("boundaries", List.of("tiny", "mid", "large", "big"))
            .with(Section.CACHES, cached ? List.of("tls-sll") : List.of())
            .withSetting("tiny", "largest", (long) tiny)
            .withSetting("mid", "largest", (long) mid)
            .withSetting("mid", "extra-classes", List.of(16L * extraUnits + " B"))
            .withSetting("mid", "classes", classic ? "classic" : "fine")
            .withSetting("large", "classes", classic ? "pow2" : "pages");
    try (HakAllocator stack = Hak.open(profile)) {
      serveEverySize(stack, Double.POSITIVE_INFINITY);
    }
  }
}
