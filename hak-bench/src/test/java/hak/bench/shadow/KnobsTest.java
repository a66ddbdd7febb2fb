package hak.bench.shadow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Workload;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.ProgramBuilder;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** What is learned beside the capacity of the cache: who serves which sizes, and extra classes. */
class KnobsTest {
  private static final Profile DEFAULT = Hak.profile("default");
  private static final Profile BARE = Hak.profile("bare");

  /** Blocks that come and go together, many times. */
  private static LearnReport learnWaves(Profile profile, LongSupplier size) {
    ProgramBuilder program = new ProgramBuilder(1 << 17);
    List<Integer> live = new ArrayList<>();
    for (int wave = 0; wave < 40; wave++) {
      for (int i = 0; i < 2_000; i++) {
        live.add(program.malloc(size.getAsLong()));
      }
      while (!live.isEmpty()) {
        program.free(live.removeFirst());
      }
    }
    ParallelProgram all = ParallelProgram.copies(program.build(), 1);
    return Learning.learn(profile, new Workload("waves", 1, () -> all), Learning.USUAL_WINDOWS);
  }

  private static Knob knob(LearnReport report, String key) {
    return report.knobs().stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow();
  }

  @Test
  void wavesOfMiddlingBlocksGetATierOfTheirOwn() {
    LearnReport report = learnWaves(BARE, () -> 500);
    assertEquals(0, report.chosen());
    assertEquals("WAVE", report.classes().getFirst().pattern());
    assertTrue(report.hasRoute());
    assertEquals("mid-ultra", report.route().tier());
    assertEquals(512, report.route().upToBytes());
    assertTrue(report.route().gain() > 0.1 && report.route().gain() < 0.3, report.toString());
    Profile learned = Learning.profileOf(BARE, report);
    assertEquals(List.of(), Hak.check(learned));
    assertEquals(
        List.of("tiny", "mid-ultra", "tiny#2", "mid", "large", "big"),
        learned.boxes(Section.TIERS));
    try (HakAllocator stack = Hak.open(learned);
        HakAllocator before = Hak.open(BARE)) {
      for (long size = 1; size < 20_000; size += 7) {
        long block = stack.malloc(size);
        long other = before.malloc(size);
        assertEquals(before.usableSize(other), stack.usableSize(block), "of " + size + " B");
        stack.free(block);
        before.free(other);
      }
    }
    Knob knob = knob(report, "stack.tiers");
    assertTrue(knob.isChanged());
    assertTrue(knob.why().contains("512 B wave"), knob.why());
    assertFalse(knob(report, "tier.mid.extra-classes").isChanged());
  }

  /** With settings of the tier that is parted, which both parts keep. */
  @Test
  void aTierThatIsPartedKeepsItsSettings() {
    Profile pow2 = BARE.withSetting("tiny", "classes", "pow2").withSetting("tiny", "carve", 8192L);
    LearnReport report = learnWaves(pow2, () -> 500);
    assertTrue(report.hasRoute(), report.toString());
    Profile learned = Learning.profileOf(pow2, report);
    assertEquals("pow2", learned.settings("tiny#2").get("classes"));
    assertEquals(8192L, learned.settings("tiny#2").get("carve"));
    assertEquals("pow2", learned.settings("mid-ultra").get("classes"));
    assertEquals(256L, learned.settings("tiny").get("largest"));
  }

  /** Where the shared pool serves them, thread-owned slabs are better: the tier before it grows. */
  @Test
  void theTierBeforeServesMore() {
    Profile small = BARE.withSetting("tiny", "largest", 256L);
    Route route = new Route("tiny", "mid", 256, 1024, 0.5, "");
    Profile learned = RouteChoice.profileOf(small, route);
    assertEquals(small.boxes(Section.TIERS), learned.boxes(Section.TIERS));
    assertEquals(1024L, learned.settings("tiny").get("largest"));
    assertEquals(List.of(), Hak.check(learned));
  }

  @Test
  void whatSeldomPassesTheCacheKeepsItsTier() {
    LearnReport report =
        Learning.learn(DEFAULT, Workload.synthetic("random-mixed"), Learning.USUAL_WINDOWS);
    assertFalse(report.hasRoute(), report.route() + "");
    assertEquals(
        DEFAULT.boxes(Section.TIERS), Learning.profileOf(DEFAULT, report).boxes(Section.TIERS));
    assertFalse(knob(report, "stack.tiers").isChanged());
  }

  @Test
  void aSizeBetweenTwoClassesGetsOne() {
    LearnReport report = learnWaves(DEFAULT, () -> 17_000);
    assertEquals(1, report.extraClasses().size());
    ExtraClass extra = report.extraClasses().getFirst();
    assertEquals(17_008, extra.blockBytes());
    assertEquals(20_480, extra.insteadBytes());
    assertEquals(80_000, extra.count());
    assertEquals(80_000 * (20_480L - 17_008), extra.savedBytes());
    Profile learned = Learning.profileOf(DEFAULT, report);
    assertEquals(List.of("17008 B"), learned.settings("mid").get("extra-classes"));
    try (HakAllocator stack = Hak.open(learned)) {
      long block = stack.malloc(17_000);
      assertEquals(17_008, stack.usableSize(block));
      stack.free(block);
    }
    assertTrue(knob(report, "tier.mid.extra-classes").why().contains("17,008"));
  }

  @Test
  void extraClassesOfTheProfileStay() {
    Profile profile = DEFAULT.withSetting("mid", "extra-classes", List.of("100000 B"));
    LearnReport report = learnWaves(profile, () -> 17_000);
    assertEquals(
        List.of("100000 B", "17008 B"),
        Learning.profileOf(profile, report).settings("mid").get("extra-classes"));
    LearnReport again = learnWaves(Learning.profileOf(profile, report), () -> 17_000);
    assertEquals(List.of(), again.extraClasses(), "a class is added once");
  }

  /** What is spread evenly, or too small for the tier that takes extra classes, gets none. */
  @Test
  void whatHasNoPeakGetsNoClass() {
    SplittableRandom random = new SplittableRandom(1);
    assertEquals(List.of(), learnWaves(DEFAULT, () -> random.nextInt(1, 200_000)).extraClasses());
    assertEquals(List.of(), learnWaves(DEFAULT, () -> 1_100).extraClasses());
    assertEquals(List.of(), learnWaves(DEFAULT, () -> 16_384).extraClasses());
  }
}
