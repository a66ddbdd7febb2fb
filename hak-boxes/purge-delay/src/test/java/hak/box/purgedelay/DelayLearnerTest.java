package hak.box.purgedelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.memory.PageDecay;
import hak.core.memory.PageRuns;
import hak.testkit.BarePages;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.SimulatedWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is learned in simulated time: pages that come and go, and a decay that obeys the delay. */
class DelayLearnerTest {
  private static final String KEY = DelayLearner.KEY;
  private static final long WINDOW_MILLIS = 1_000;
  private static final long WORTH_SECONDS = 10;
  private static final int SUPERSLABS = 8;

  /** Pages that stay in use, so that no superslab is empty. */
  private static final int STAYING = 1;

  private static final int MOST_PAGES = SUPERSLABS * (PageRuns.PAGES - STAYING);

  /** A second is a window; memory goes back as the housekeeper sees to it. */
  private static final class World implements AutoCloseable {
    final BarePages bare = new BarePages(new FailingVirtualMemory(), SUPERSLABS);
    final IdlePages pages = new IdlePages(bare.pageRuns());
    final PageDecay decay = new PageDecay(bare.pageRuns());
    final DelayLearner learner =
        new DelayLearner(DelayGrid.doubling(1_000, 5, WINDOW_MILLIS), WORTH_SECONDS);
    final SimulatedWindow window;
    final List<Integer> runs = new ArrayList<>();
    double sinceLook;
    int now;

    World(long firstMillis) {
      window = new SimulatedWindow(Map.of(KEY, firstMillis));
      for (int i = 0; i < SUPERSLABS * PageRuns.PAGES; i++) {
        runs.add(bare.claimRun(1));
      }
      // Ascending: the first page of each superslab stays.
      List<Integer> staying = new ArrayList<>();
      for (int i = 0; i < runs.size(); i += PageRuns.PAGES) {
        staying.add(runs.get(i));
      }
      runs.removeAll(staying);
    }

    /** So many windows, with so many pages in use in each. */
    void play(int windows, IntUnaryOperator pagesInUse) {
      for (int end = now + windows; now < end; now++) {
        int wanted = Math.clamp(pagesInUse.applyAsInt(now), 0, MOST_PAGES);
        while (runs.size() > wanted) {
          bare.pageRuns().release(runs.removeLast());
        }
        while (runs.size() < wanted) {
          runs.add(bare.claimRun(1));
        }
        for (sinceLook += 1; sinceLook >= delay() / 2_000.0; sinceLook -= delay() / 2_000.0) {
          decay.look();
        }
        learner.window(window.seconds(1), pages);
      }
    }

    long delay() {
      return window.value(KEY);
    }

    @Override
    public void close() {
      bare.close();
    }
  }

  /** All pages for some windows, none for others, again and again. */
  private static IntUnaryOperator waves(int used, int free) {
    return window -> window % (used + free) < used ? MOST_PAGES : 0;
  }

  @Test
  void pagesThatComeBackAreKeptUntilThen() {
    try (World world = new World(1_000)) {
      world.play(400, waves(5, 6));
      assertEquals(8_000, world.delay(), () -> world.window.sets().toString());
    }
  }

  @Test
  void pagesThatDoNotComeBackAreGivenBackSoon() {
    try (World world = new World(32_000)) {
      world.play(1_000, waves(5, 60));
      assertEquals(1_000, world.delay(), () -> world.window.sets().toString());
    }
  }

  @Test
  void whatGainsNothingInItsTrialIsRolledBack() {
    try (World world = new World(1_000)) {
      // Waves that the longer delay is for, until it is tried; then pages come back when it is
      // over.
      world.play(
          200,
          window -> {
            boolean tried = world.window.sets().stream().anyMatch(set -> set.value() > 1_000);
            return (tried ? waves(1, 11) : waves(5, 6)).applyAsInt(window);
          });
      List<SimulatedWindow.Set> sets = world.window.sets();
      assertEquals(8_000, sets.getFirst().value(), sets::toString);
      assertEquals(1_000, sets.get(1).value(), sets::toString);
      assertTrue(sets.get(1).reason().startsWith("FROZEN, rolled back: "), sets::toString);
    }
  }

  @Test
  void anotherLoadIsLearnedAnew() {
    try (World world = new World(1_000)) {
      world.play(400, waves(5, 6));
      assertEquals(8_000, world.delay(), () -> world.window.sets().toString());
      world.play(4_000, waves(5, 60));
      assertEquals(1_000, world.delay(), () -> world.window.sets().toString());
    }
  }

  @Test
  void everyDecisionSaysWhy() {
    try (World world = new World(1_000)) {
      world.play(400, waves(5, 6));
      List<SimulatedWindow.Set> sets = world.window.sets();
      assertTrue(sets.getFirst().reason().startsWith("CANARY, proposed for "), sets::toString);
      assertTrue(sets.getFirst().reason().contains("page-seconds"), sets::toString);
      assertTrue(sets.get(1).reason().startsWith("FROZEN, kept: cost "), sets::toString);
    }
  }

  @Test
  void nothingIsLearnedWhereNothingHappens() {
    try (World world = new World(3_000)) {
      world.play(1_000, window -> MOST_PAGES / 2);
      assertEquals(3_000, world.delay());
      assertTrue(world.window.changes(KEY, 3_000) == 0, () -> world.window.sets().toString());
    }
  }

  @Test
  void aProfileThatGivesNothingBackIsLeftAlone() {
    try (World world = new World(0)) {
      for (int i = 0; i < 100; i++) {
        world.learner.window(world.window.seconds(1), world.pages);
      }
      assertEquals(List.of(), world.window.sets());
    }
  }

  /** A load that flips, of any period, and noise: changes become rare. */
  @Property(tries = 12)
  void whateverComesItDoesNotSwing(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int flip = 1 + random.nextInt(200);
    int shorter = 1 + random.nextInt(20);
    int longer = 20 + random.nextInt(100);
    int noise = random.nextInt(MOST_PAGES);
    try (World world = new World(1_000)) {
      IntUnaryOperator load =
          window ->
              waves(3, window / flip % 2 == 0 ? shorter : longer).applyAsInt(window)
                  + (noise == 0 ? 0 : random.nextInt(noise) - noise / 2);
      world.play(4_000, load);
      // 500 rounds; a cool-down doubles from 8 to 256, and each time there is a trial and its end.
      int changes = world.window.changes(KEY, 1_000);
      assertTrue(changes <= 16, () -> changes + " changes: " + world.window.sets());
    }
  }
}
