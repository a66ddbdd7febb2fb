package hak.box.wmax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.testkit.SimulatedWindow;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is learned in simulated time: a tier whose classes run short of blocks. */
class WMaxLearnerTest {
  private static final String KEY = WMaxLearner.KEY;
  private static final double WORTH_SECONDS = 10;
  private static final int KIB = 1 << 10;

  /** A second is a window. */
  private static final class World {
    final TierModel tier =
        new TierModel(
            4 * KIB, 5 * KIB, 6 * KIB, 7 * KIB, 8 * KIB, 10 * KIB, 12 * KIB, 14 * KIB, 16 * KIB);

    final SimulatedWindow window;
    final WMaxLearner learner;
    final SplittableRandom random;
    int now;

    World(long first, long seed) {
      window = new SimulatedWindow(Map.of(KEY, first));
      random = new SplittableRandom(seed);
      learner =
          new WMaxLearner(
              new TierCosts(
                  () -> tier.claimedBytes,
                  () -> tier.releasedBytes,
                  () -> tier.lentBlocks,
                  WORTH_SECONDS));
    }

    /** So many windows of a load that is played in each. */
    void play(int windows, BiConsumer<World, Integer> load) {
      for (int end = now + windows; now < end; now++) {
        load.accept(this, now);
        learner.window(window.seconds(1));
      }
    }

    /** The same without a learner; what a window costs. */
    double costOf(int windows, BiConsumer<World, Integer> load) {
      double cost = 0;
      for (int end = now + windows; now < end; now++) {
        long before = tier.claimedBytes;
        load.accept(this, now);
        cost += tier.claimedBytes - tier.releasedBytes;
        cost += WORTH_SECONDS * (tier.claimedBytes - before);
      }
      return cost / windows;
    }

    long percent() {
      return window.value(KEY);
    }

    void come(int sizeClass, int blocks) {
      tier.come(sizeClass, blocks, percent(), random);
    }
  }

  /** A few blocks of each size that come and go: each class has a slab that is nearly empty. */
  private static void fewOfEach(World world, int window) {
    for (int i = 0; i < 20; i++) {
      int sizeClass = world.random.nextInt(world.tier.classes());
      world.come(sizeClass, world.random.nextInt(30));
    }
  }

  /** Large ones that come and go beside small ones, which take their room meanwhile. */
  private static void smallInLarge(World world, int window) {
    world.come(4, 100);
    world.come(1, 300);
    world.come(4, 400);
    world.come(1, 20);
  }

  private static double costWith(long percent, BiConsumer<World, Integer> load) {
    World world = new World(percent, 5);
    world.costOf(200, load);
    return world.costOf(2_000, load);
  }

  @Test
  void whereEachClassHasFewBlocksLargerOnesServe() {
    double none = costWith(100, WMaxLearnerTest::fewOfEach);
    assertTrue(costWith(200, WMaxLearnerTest::fewOfEach) < 0.75 * none);
    World world = new World(100, 5);
    world.play(1_000, WMaxLearnerTest::fewOfEach);
    assertTrue(world.percent() > 100, () -> world.window.sets().toString());
    double cost = world.costOf(2_000, WMaxLearnerTest::fewOfEach);
    assertTrue(cost < 0.85 * none, () -> cost / none + ": " + world.window.sets());
  }

  @Test
  void whereLendingCostsMoreItIsNotKept() {
    double least = costWith(100, WMaxLearnerTest::smallInLarge);
    assertTrue(costWith(200, WMaxLearnerTest::smallInLarge) > 1.1 * least);
    World world = new World(200, 5);
    world.play(1_000, WMaxLearnerTest::smallInLarge);
    double cost = world.costOf(2_000, WMaxLearnerTest::smallInLarge);
    assertTrue(cost < 1.05 * least, () -> cost / least + ": " + world.window.sets());
  }

  @Test
  void whatGainsNothingIsRolledBackAndRests() {
    World world = new World(100, 5);
    // 4 KiB has no larger class that is as well aligned and at most twice as long.
    world.play(400, (w, window) -> w.come(0, window % 2 == 0 ? 100 : 1_000));
    assertEquals(100, world.percent(), () -> world.window.sets().toString());
    int steps = world.window.sets().size();
    world.play(2_000, (w, window) -> w.come(0, window % 2 == 0 ? 100 : 1_000));
    assertEquals(steps, world.window.sets().size(), "it rests");
    long rolledBack =
        world.window.sets().stream()
            .filter(set -> set.reason().startsWith("FROZEN, rolled back: "))
            .count();
    assertEquals(4, rolledBack, () -> world.window.sets().toString());
  }

  @Test
  void everyDecisionSaysWhy() {
    World world = new World(100, 5);
    world.play(100, WMaxLearnerTest::fewOfEach);
    List<SimulatedWindow.Set> sets = world.window.sets();
    assertTrue(sets.getFirst().reason().startsWith("CANARY, proposed for "), sets::toString);
    assertTrue(
        sets.getFirst().reason().contains(" MiB-seconds held, ")
            && sets.getFirst().reason().contains(" MiB taken fresh and "),
        sets::toString);
  }

  @Test
  void nothingIsLearnedWhereEveryClassHasBlocks() {
    World world = new World(150, 5);
    world.come(1, 100);
    world.play(1, (w, window) -> {});
    world.play(1_000, (w, window) -> w.come(1, 90 + window % 10));
    assertEquals(0, world.window.changes(KEY, 150), () -> world.window.sets().toString());
  }

  @Test
  void windowsThatAreNoneArePassedOver() {
    World world = new World(100, 5);
    for (double seconds : new double[] {Double.NaN, 0, -1, Double.NEGATIVE_INFINITY, 1e6}) {
      for (int i = 0; i < 100; i++) {
        fewOfEach(world, i);
        world.learner.window(world.window.seconds(seconds));
      }
    }
    assertEquals(List.of(), world.window.sets());
  }

  /** Loads that flip, of any period, and noise: what holds is one of a few, and changes rarely. */
  @Property(tries = 12)
  void whateverComesItDoesNotSwing(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int flip = 1 + random.nextInt(60);
    int much = random.nextInt(200);
    World world = new World(100 + random.nextInt(101), seed);
    long first = world.percent();
    world.play(
        8_000,
        (w, window) -> {
          if (window / flip % 2 == 0) {
            fewOfEach(w, window);
          } else {
            w.come(random.nextInt(w.tier.classes()), random.nextInt(1 + much));
          }
          assertTrue(w.percent() >= 100 && w.percent() <= 200, () -> w.percent() + " %");
        });
    // 2,000 rounds: searches at 16, 32, ..., 1,024 after the last, each of 7 trials at most.
    int changes = world.window.changes(KEY, first);
    assertTrue(changes <= 7 * 2 * 7, () -> changes + " changes: " + world.window.sets());
  }
}
