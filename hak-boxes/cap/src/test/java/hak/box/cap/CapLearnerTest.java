package hak.box.cap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.memory.KeepBudget;
import hak.core.memory.KeepShare;
import hak.testkit.SimulatedWindow;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is learned in simulated time: two who free memory and want it back, and one budget. */
class CapLearnerTest {
  private static final String KEY = CapLearner.KEY;
  private static final long MIB = 1 << 20;
  private static final long BUDGET_MIB = 100;
  private static final long LEAST = 10;

  /** Frees so much in each window, keeps what it may, and wants all of it back. */
  private static final class User {
    final KeepShare share;
    long kept;

    User(KeepShare share) {
      this.share = share;
    }

    void free(int mib) {
      for (int i = 0; i < mib; i++) {
        if (share.tryKeep(MIB)) {
          kept++;
        } else {
          share.giveUp(MIB);
        }
      }
    }

    void take(int mib) {
      for (int i = 0; i < mib; i++) {
        if (kept > 0) {
          kept--;
          share.release(MIB);
          share.reuse(MIB);
        } else {
          share.takeFresh(MIB);
        }
      }
    }
  }

  /** A second is a window. */
  private static final class World {
    final SimulatedWindow window;
    final User superslabs;
    final User bigBlocks;
    final CapLearner learner;
    int now;

    World(long firstPercent) {
      window = new SimulatedWindow(Map.of(KEY, firstPercent));
      KeepBudget budget =
          KeepBudget.of(BUDGET_MIB * MIB, new KeepBudget.Kept(), () -> window.value(KEY));
      superslabs = new User(budget.superslabs());
      bigBlocks = new User(budget.bigBlocks());
      learner = new CapLearner(budget, 0.90, 0.05, LEAST);
    }

    void play(int windows, IntUnaryOperator superslabMib, IntUnaryOperator bigMib) {
      for (int end = now + windows; now < end; now++) {
        superslabs.free(superslabMib.applyAsInt(now));
        bigBlocks.free(bigMib.applyAsInt(now));
        assertTrue(superslabs.kept + bigBlocks.kept <= BUDGET_MIB, "beyond the budget");
        superslabs.take(superslabMib.applyAsInt(now));
        bigBlocks.take(bigMib.applyAsInt(now));
        learner.window(window.seconds(1));
        assertTrue(part() >= LEAST && part() <= 100 - LEAST, () -> part() + " %");
      }
    }

    long part() {
      return window.value(KEY);
    }
  }

  private static IntUnaryOperator always(int mib) {
    return window -> mib;
  }

  @Test
  void whoNeedsLittleGivesToWhoNeedsMuch() {
    World world = new World(50);
    world.play(400, always(80), always(15));
    assertTrue(world.part() >= 70 && world.part() <= 85, () -> world.window.sets().toString());
    long missed = world.superslabs.share.missedBytes() + world.bigBlocks.share.missedBytes();
    world.play(100, always(80), always(15));
    long missedLater =
        world.superslabs.share.missedBytes() + world.bigBlocks.share.missedBytes() - missed;
    assertTrue(missedLater / 100 <= 12 * MIB, missedLater / MIB + " MiB in 100 windows");
    int changes = world.window.sets().size();
    world.play(1_000, always(80), always(15));
    assertTrue(world.window.sets().size() <= changes + 6, () -> world.window.sets().toString());
  }

  @Test
  void theOtherWayRoundAsWell() {
    World world = new World(50);
    world.play(400, always(10), always(85));
    assertTrue(world.part() <= 30, () -> world.window.sets().toString());
  }

  @Test
  void whoBothWantMoreThanThereIsShareEvenly() {
    World world = new World(80);
    world.play(400, always(300), always(300));
    assertTrue(Math.abs(world.part() - 50) <= 5, () -> world.window.sets().toString());
    int changes = world.window.sets().size();
    world.play(2_000, always(300), always(300));
    assertEquals(changes, world.window.sets().size());
  }

  @Test
  void whatIsGoodEnoughIsLeftAlone() {
    World world = new World(50);
    world.play(500, always(50), always(50));
    assertEquals(List.of(), world.window.sets());
  }

  @Test
  void aStepAfterWhichMoreIsMissedIsTakenBack() {
    World world = new World(50);
    IntUnaryOperator superslabs = window -> world.window.sets().isEmpty() ? 80 : 20;
    IntUnaryOperator bigBlocks = window -> world.window.sets().isEmpty() ? 15 : 130;
    world.play(60, superslabs, bigBlocks);
    List<SimulatedWindow.Set> sets = world.window.sets();
    assertTrue(sets.getFirst().value() > 50, sets::toString);
    assertEquals(50, sets.get(1).value(), sets::toString);
    assertTrue(sets.get(1).reason().startsWith("rolled back: "), sets::toString);
  }

  @Test
  void withoutABudgetThereIsNothingToDivide() {
    SimulatedWindow window = new SimulatedWindow(Map.of(KEY, 50L));
    CapLearner learner = new CapLearner(KeepBudget.none(), 0.9, 0.05, LEAST);
    for (int i = 0; i < 100; i++) {
      learner.window(window.seconds(1));
    }
    assertEquals(List.of(), window.sets());
  }

  @Test
  void aStackThatDoesNothingIsLeftAlone() {
    World world = new World(3);
    for (int i = 0; i < 100; i++) {
      world.learner.window(world.window.seconds(1));
    }
    assertEquals(List.of(), world.window.sets());
  }

  /** Loads that flip, of any period, and noise: the division turns ever more rarely. */
  @Property(tries = 30)
  void whateverComesItStaysInRangeAndDoesNotSwing(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int flip = 1 + random.nextInt(100);
    int much = random.nextInt(200);
    int little = random.nextInt(40);
    int noise = 1 + random.nextInt(60);
    World world = new World(random.nextInt(10, 91));
    long first = world.part();
    world.play(
        6_000,
        window -> random.nextInt(noise) + (window / flip % 2 == 0 ? much : little),
        window -> random.nextInt(noise) + (window / flip % 2 == 0 ? little : much));
    int turns = 0;
    long last = first;
    int direction = 0;
    for (SimulatedWindow.Set set : world.window.sets()) {
      int towards = Long.signum(set.value() - last);
      turns += towards == -direction ? 1 : 0;
      direction = towards;
      last = set.value();
    }
    int seen = turns;
    // 1,500 rounds; waits of 4, 8, ..., 256 rounds, and each rollback is a turn besides.
    assertTrue(seen <= 40, () -> seen + " turns: " + world.window.sets());
  }
}
