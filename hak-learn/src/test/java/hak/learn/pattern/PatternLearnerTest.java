package hak.learn.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PatternLearnerTest {
  /** The first is where all classes are at first. */
  private static final RouteCosts COSTS =
      new RouteCosts(
          List.of("own", "shared"),
          Map.of(Pattern.SPARSE, List.of(1.0, 0.5), Pattern.STEADY, List.of(1.0, 1.5)));

  private static final int OWN = 0;
  private static final List<Pattern> LABELS =
      List.of(
          Pattern.STEADY,
          Pattern.WAVE,
          Pattern.GROWTH,
          Pattern.DORMANT,
          Pattern.SPARSE,
          Pattern.MIXED);

  private static final int WINDOWS = 40;

  /** Seeds from here on were not looked at when the bounds of the rules were chosen. */
  private static final int FIRST_HELD_OUT = 1_000;

  private static final int HELD_OUT = 150;

  private static PatternLearner learner(int lastClass) {
    return new PatternLearner(lastClass, COSTS, OWN, PatternLearner.USUAL_WINDOWS);
  }

  /** Classes of all labels in one program. */
  private static PatternLearner learned(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PatternLearner learner = learner(LABELS.size());
    List<LabelledPattern> programs = new ArrayList<>();
    for (Pattern label : LABELS) {
      programs.add(LabelledPattern.of(label, programs.size() + 1, random.split(), learner::add));
    }
    for (int window = 0; window < WINDOWS; window++) {
      for (LabelledPattern program : programs) {
        program.window(window);
      }
      learner.endWindow();
    }
    assertEquals(0, learner.leftOut());
    return learner;
  }

  @Test
  void moreThanNineOfTenLabelledPatternsAreTold() {
    Map<Pattern, Map<Pattern, Integer>> told = new EnumMap<>(Pattern.class);
    for (int seed = FIRST_HELD_OUT; seed < FIRST_HELD_OUT + HELD_OUT; seed++) {
      PatternLearner learner = learned(seed);
      int sizeClass = 0;
      for (Pattern label : LABELS) {
        told.computeIfAbsent(label, _ -> new EnumMap<>(Pattern.class))
            .merge(learner.pattern(++sizeClass), 1, Integer::sum);
      }
    }
    int right = 0;
    for (Pattern label : LABELS) {
      int ofLabel = told.get(label).getOrDefault(label, 0);
      right += ofLabel;
      assertTrue(ofLabel > 0.8 * HELD_OUT, () -> label + " is told as " + told.get(label));
    }
    int of = LABELS.size() * HELD_OUT;
    assertTrue(right > 0.9 * of, right + " of " + of + ": " + told);
  }

  private static SlabUse use(long allocations, long freeHits, long frees, double utilisation) {
    return new SlabUse(1, allocations, freeHits, frees, utilisation, utilisation, false);
  }

  private static SlabUse steady() {
    return use(1000, 990, 1000, 0.9);
  }

  private static SlabUse sparse() {
    return use(1000, 990, 1000, 0.1);
  }

  private static void windows(PatternLearner learner, int count, SlabUse use) {
    for (int i = 0; i < count; i++) {
      learner.add(use);
      learner.endWindow();
    }
  }

  @Test
  void aRouteChangesForWhatGains() {
    PatternLearner learner = learner(1);
    learner.add(use(1000, 0, 0, 1));
    windows(learner, 30, sparse());
    ClassVerdict verdict = learner.verdict(1);
    assertEquals(Pattern.SPARSE, verdict.pattern());
    assertEquals("shared", verdict.route());
    assertTrue(verdict.expectedCost() < 0.7, verdict.toString());
    assertTrue(verdict.confidence() > 0.8, verdict.toString());
    assertTrue(verdict.evidence().phrase().contains("in use 10 %"), verdict.evidence().phrase());
    windows(learner, 60, steady());
    assertEquals(Pattern.STEADY, learner.pattern(1));
    assertEquals(OWN, learner.route(1), "which is dearer for it now");
  }

  @Test
  void whatGainsLittleChangesNothing() {
    RouteCosts even =
        new RouteCosts(List.of("own", "shared"), Map.of(Pattern.STEADY, List.of(1.0, 0.995)));
    PatternLearner learner = new PatternLearner(1, even, OWN, PatternLearner.USUAL_WINDOWS);
    learner.add(use(1000, 0, 0, 1));
    windows(learner, 100, steady());
    assertEquals(Pattern.STEADY, learner.pattern(1));
    assertEquals(OWN, learner.route(1));
  }

  @Test
  void withoutCallsNothingIsSaid() {
    PatternLearner learner = learner(3);
    for (int i = 0; i < 50; i++) {
      learner.endWindow();
    }
    for (ClassVerdict verdict : learner.verdicts()) {
      assertEquals(Pattern.UNKNOWN, verdict.pattern());
      assertEquals("own", verdict.route());
    }
    assertEquals(50, learner.windows());
  }

  @Test
  void aConstantEndsAtOnePattern() {
    PatternLearner learner = learner(1);
    windows(learner, 3, use(100, 0, 0, 1));
    assertEquals(Pattern.GROWTH, learner.pattern(1));
    int changes = 0;
    for (int i = 0; i < 1_000; i++) {
      Pattern before = learner.pattern(1);
      windows(learner, 1, use(100, 0, 0, 1));
      changes += learner.pattern(1) == before ? 0 : 1;
    }
    assertEquals(0, changes);
  }

  @Test
  void nonsenseIsLeftOut() {
    PatternLearner learner = learner(2);
    windows(learner, 20, steady());
    ClassVerdict before = learner.verdict(1);
    List<SlabUse> nonsense =
        List.of(
            use(10, 11, 0, 0.5),
            use(-1, -1, 0, 0.5),
            use(10, 5, -1, 0.5),
            use(Long.MAX_VALUE, 0, 0, 0.5),
            use(10, 5, Long.MAX_VALUE, 0.5),
            use(10, 5, 5, Double.NaN),
            use(10, 5, 5, 1.01),
            use(10, 5, 5, Double.NEGATIVE_INFINITY),
            new SlabUse(1, 1, 0, 0, 0.4, 0.5, false),
            new SlabUse(1, 1, 0, 0, Double.NaN, 0.5, false),
            new SlabUse(0, 1, 0, 0, 0.5, 0.5, true),
            new SlabUse(3, 1, 0, 0, 0.5, 0.5, true));
    nonsense.forEach(learner::add);
    assertEquals(nonsense.size(), learner.leftOut());
    windows(learner, 1, steady());
    assertEquals(before.pattern(), learner.pattern(1));
    assertEquals(before.route(), learner.verdict(1).route());
  }

  /**
   * A program that is another one in every window, or in every second, ...: what is held may change
   * a few times, ever more rarely, and not with it.
   */
  @Property(tries = 50)
  void whatFlipsDoesNotMakeItFlip(@ForAll @IntRange(min = 1, max = 40) int length) {
    PatternLearner learner = learner(1);
    learner.add(use(1000, 0, 0, 1));
    int patternChanges = 0;
    int routeChanges = 0;
    int windows = 2_000;
    for (int window = 0; window < windows; window++) {
      Pattern pattern = learner.pattern(1);
      int route = learner.route(1);
      windows(learner, 1, window / length % 2 == 0 ? steady() : sparse());
      patternChanges += learner.pattern(1) == pattern ? 0 : 1;
      routeChanges += learner.route(1) == route ? 0 : 1;
    }
    int most = 6 + windows / ClassJudge.LONGEST_COOLDOWN + 1;
    assertTrue(patternChanges <= most, patternChanges + " changes of the pattern");
    assertTrue(routeChanges <= most, routeChanges + " changes of the route");
  }

  /** Whatever is told: nothing is thrown, and what is said is in range. */
  @Property(tries = 100)
  void noiseIsEndured(@ForAll int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PatternLearner learner = learner(3);
    double[] odd = {Double.NaN, -1, 2, Double.POSITIVE_INFINITY, 0, 1};
    int changes = 0;
    for (int window = 0; window < 600; window++) {
      for (int i = random.nextInt(4); i > 0; i--) {
        learner.add(
            new SlabUse(
                random.nextInt(-1, 5),
                random.nextLong(-10, 1L << random.nextInt(4, 62)),
                random.nextLong(-10, 1L << random.nextInt(4, 62)),
                random.nextLong(-10, 1L << random.nextInt(4, 62)),
                random.nextBoolean() ? 1 : odd[random.nextInt(odd.length)],
                random.nextBoolean() ? random.nextDouble() : odd[random.nextInt(odd.length)],
                random.nextBoolean()));
      }
      int route = learner.route(1);
      learner.endWindow();
      changes += route == learner.route(1) ? 0 : 1;
    }
    for (ClassVerdict verdict : learner.verdicts()) {
      assertTrue(verdict.confidence() > 0 && verdict.confidence() < 1, verdict.toString());
      assertTrue(verdict.expectedCost() > 0 && verdict.expectedCost() < 1.6, verdict.toString());
      assertTrue(verdict.evidence().liveBlocks() >= 0, verdict.toString());
      double share = verdict.evidence().share();
      assertTrue(share >= 0 && share <= 1, verdict.toString());
    }
    assertTrue(changes <= 9, changes + " changes of the route");
  }

  @Test
  void badInputIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> learner(0));
    assertThrows(IllegalArgumentException.class, () -> new PatternLearner(1, COSTS, 2, 16));
    assertThrows(IllegalArgumentException.class, () -> new PatternLearner(1, COSTS, -1, 16));
    assertThrows(IllegalArgumentException.class, () -> new PatternLearner(1, COSTS, OWN, 0));
    assertThrows(IllegalArgumentException.class, () -> new PatternLearner(1, COSTS, OWN, 257));
    assertThrows(IllegalArgumentException.class, () -> costs(List.of()));
    assertThrows(IllegalArgumentException.class, () -> costs(List.of("a", "a"), 1.0, 1.0));
    assertThrows(IllegalArgumentException.class, () -> costs(List.of("a", "b"), 1.0));
    assertThrows(IllegalArgumentException.class, () -> costs(List.of("a"), 0.0));
    assertThrows(IllegalArgumentException.class, () -> costs(List.of("a"), Double.NaN));
    assertEquals(2, costs(List.of("a", "b"), 1.0, 2.0).of(Pattern.WAVE, 1));
  }

  private static RouteCosts costs(List<String> providers, Double... ofWave) {
    return new RouteCosts(providers, Map.of(Pattern.WAVE, List.of(ofWave)));
  }
}
