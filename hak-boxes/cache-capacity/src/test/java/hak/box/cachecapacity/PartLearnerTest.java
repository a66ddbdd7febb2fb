package hak.box.cachecapacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.memory.ListRooms;
import hak.testkit.SimulatedWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is learned in simulated time: a cache, and a tier that counts what it hands over. */
class PartLearnerTest {
  private static final String KEY = PartLearner.KEY;
  private static final int HEAP = 0x1234;
  private static final int SIZE_CLASS = 5;
  private static final int OTHER_CLASS = 9;
  private static final double LEAST = 1_000;

  /**
   * What a program does in a window.
   *
   * @param allocations blocks it asks for
   * @param frees blocks it gives back
   * @param hits allocations that a cache serves
   * @param taken frees that a cache takes
   */
  private record Load(int allocations, int frees, int hits, int taken) {
    Load times(double factor) {
      return new Load(
          (int) (allocations * factor),
          (int) (frees * factor),
          (int) (hits * factor),
          (int) (taken * factor));
    }
  }

  /** As lua does: next to nothing hits. */
  private static final Load WAVES = new Load(100_000, 100_000, 1_000, 1_000);

  /** As sqlite does. */
  private static final Load REUSE = new Load(100_000, 100_000, 92_000, 93_000);

  /** As javac does: much is fresh, and it frees little. */
  private static final Load GROWTH = new Load(100_000, 36_000, 33_000, 33_500);

  /** All hits. */
  private static final Load TIGHT = new Load(100_000_000, 100_000_000, 99_999_900, 99_999_900);

  /** A second is a window. */
  private static final class World {
    final SimulatedWindow window;
    final ListRooms lists = ListRooms.turned(this::part, new int[11]);
    final PartLearner learner = new PartLearner(lists, LEAST);
    int sizeClass = SIZE_CLASS;
    int now;

    World(long first) {
      window = new SimulatedWindow(Map.of(KEY, first));
    }

    void play(int windows, IntFunction<Load> load) {
      for (int end = now + windows; now < end; now++) {
        pass(load.apply(now));
        learner.window(window.seconds(1));
      }
    }

    void pass(Load load) {
      boolean cached = part() != 0;
      int passed = load.allocations - (cached ? load.hits : 0);
      int refused = Math.min(passed, load.frees - (cached ? load.taken : 0));
      int inSlabs = now % 3 == 0 ? refused / 2 : 0; // so many come back as empty slabs
      lists.taken(HEAP + now, sizeClass, refused - inSlabs, true);
      lists.taken(HEAP + now, sizeClass, passed - refused + inSlabs, false);
      lists.released(HEAP, sizeClass, inSlabs);
      lists.released(HEAP, OTHER_CLASS, 77); // of a tier that hands nothing over
    }

    long part() {
      return window.value(KEY);
    }

    /** What it has set, but for looks and for what it went back to after them. */
    List<SimulatedWindow.Set> decisions() {
      return window.sets().stream()
          .filter(set ->
              Stream.of("for a look", "as it", "at rest").noneMatch(set.reason()::startsWith))
          .distinct()
          .toList();
    }

    /** Those that changed what is in force. */
    List<Long> turns(long first) {
      List<Long> values = new ArrayList<>(List.of(first));
      for (SimulatedWindow.Set set : decisions()) {
        if (set.value() != values.getLast()) {
          values.add(set.value());
        }
      }
      return values.subList(1, values.size());
    }
  }

  @Test
  void whatHitsNextToNothingGetsNoCache() {
    World world = new World(100);
    world.play(60, _ -> WAVES);
    assertEquals(0, world.part(), () -> world.window.sets().toString());
    assertTrue(
        world.decisions().getFirst().reason().contains("of allocations 1 % hit, of frees 1 %"),
        () -> world.decisions().toString());
    int without = 0;
    for (int i = 0; i < 640; i++) {
      world.play(1, _ -> WAVES);
      without += world.part() == 0 ? 1 : 0;
    }
    assertTrue(without >= 610, without + " of 640");
    assertEquals(List.of(0L), world.turns(100));
    assertTrue(
        world
            .decisions()
            .getLast()
            .reason()
            .endsWith("a call costs 1.27 with the cache, 1.07 without"),
        () -> world.decisions().toString());
  }

  /** Two windows until a shift is one, then trials until the load is calm again. */
  @Test
  void phasesAreFollowed() {
    World world = new World(100);
    int wrong = 0;
    int phase = 100;
    for (int i = 0; i < 50 * phase; i++) {
      boolean inWaves = i / phase % 2 == 1;
      world.sizeClass = inWaves ? OTHER_CLASS : SIZE_CLASS;
      world.play(1, _ -> inWaves ? WAVES : REUSE);
      wrong += i >= 4 * phase && (world.part() == 0) != inWaves ? 1 : 0;
    }
    assertTrue(wrong <= 46 * 30, wrong + " of " + 46 * phase);
  }

  @Test
  void aLoadThatIsQuietWithACacheIsLeftForWaves() {
    World world = new World(100);
    int wrong = 0;
    int phase = 100;
    for (int i = 0; i < 50 * phase; i++) {
      boolean inWaves = i / phase % 2 == 1;
      world.sizeClass = inWaves ? OTHER_CLASS : SIZE_CLASS;
      world.play(1, _ -> inWaves ? WAVES : TIGHT);
      wrong += i >= 4 * phase && (world.part() == 0) != inWaves ? 1 : 0;
    }
    assertTrue(wrong <= 46 * 35, wrong + " of " + 46 * phase);
  }

  @Test
  void whatUsesItsBlocksAgainAtOnceIsNotEvenLookedAt() {
    World world = new World(100);
    world.play(1_000, _ -> TIGHT);
    assertEquals(List.of(), world.window.sets());
  }

  @Test
  void whatHitsMostlyKeepsItsCache() {
    World world = new World(50);
    world.play(500, _ -> REUSE);
    assertEquals(50, world.part());
    assertEquals(List.of(), world.turns(50));
    assertTrue(world.window.sets().size() <= 2 * (12 + 500 / PartLearner.CALM), "looks");
  }

  @Test
  void whatMissesBecauseItGrowsKeepsItsCache() {
    World world = new World(100);
    world.play(500, _ -> GROWTH);
    assertEquals(100, world.part());
    assertEquals(List.of(), world.turns(100));
  }

  @Test
  void aProfileWithoutACacheMayGetOne() {
    World world = new World(0);
    world.play(60, _ -> REUSE);
    assertEquals(100, world.part(), () -> world.window.sets().toString());
  }

  @Test
  void whatChangesIsLearnedAnew() {
    World world = new World(100);
    world.play(150, _ -> WAVES);
    assertEquals(0, world.part());
    world.play(1_500, _ -> REUSE);
    assertEquals(100, world.part(), () -> world.window.sets().toString());
    world.play(1_500, _ -> TIGHT);
    assertEquals(100, world.part(), () -> world.window.sets().toString());
  }

  /**
   * Phases of a window or two, one in five in waves: what is best for all of them stays. Of 2,000
   * seeds one in fifty goes without a cache after a look at waves, and needs hundreds of windows to
   * find back; the worst was 2,700 of 4,000. So it is the mean that counts.
   */
  @Test
  void shortWavesAmongOtherThingsAreNoReasonToGoWithout() {
    int worlds = 40;
    int windows = 4_000;
    int none = 0;
    for (int seed = 100; seed < 100 + worlds; seed++) {
      none += windowsWithoutInShortWaves(seed, windows);
    }
    int seen = none;
    assertTrue(none <= worlds * windows / 10, () -> seen + " windows without");
  }

  private static int windowsWithoutInShortWaves(long seed, int windows) {
    SplittableRandom random = new SplittableRandom(seed);
    World world = new World(100);
    int none = 0;
    boolean inWaves = false;
    for (int i = 0; i < windows; i++) {
      inWaves = random.nextInt(inWaves ? 2 : 8) == 0 ? !inWaves : inWaves;
      boolean waves = inWaves;
      world.sizeClass = waves ? OTHER_CLASS : SIZE_CLASS;
      world.play(1, _ -> waves ? WAVES : REUSE);
      none += world.part() == 0 ? 1 : 0;
    }
    return none;
  }

  /** As where processes take turns: two windows and a bit, then nothing for ten. */
  @Property(tries = 30)
  void burstsAreNoShifts(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    World world = new World(100);
    world.play(40, _ -> REUSE);
    int none = 0;
    int busy = 0;
    for (int burst = 0; burst < 300; burst++) {
      double first = random.nextDouble(0.05, 1);
      double last = random.nextDouble(0.05, 1);
      double[] parts = {first, 1, last};
      for (double part : parts) {
        world.play(1, _ -> REUSE.times(part));
        none += world.part() == 0 ? 1 : 0;
        busy++;
      }
      world.play(10, _ -> new Load(0, 0, 0, 0));
    }
    int seen = none;
    int all = busy;
    assertTrue(none <= busy / 25, () -> seen + " of " + all + " without");
  }

  @Test
  void whatALaterLookFindsToCostMoreIsGivenUp() {
    World world = new World(100);
    world.play(20, _ -> WAVES);
    assertEquals(0, world.part(), () -> world.window.sets().toString());
    world.play(
        PartLearner.CALM + 3 * CapacityTrial.WINDOWS, _ -> REUSE); // as many blocks of that size
    assertEquals(100, world.part(), () -> world.window.sets().toString());
  }

  @Test
  void looksGrowRareWhileNothingMoves() {
    World world = new World(100);
    world.play(20_000, _ -> REUSE);
    int looks = 0;
    for (SimulatedWindow.Set set : world.window.sets()) {
      looks += set.reason().startsWith("for a look") ? 1 : 0;
    }
    assertTrue(looks <= 30, looks + " looks");
  }

  @Test
  void whatIsNoWindowEndsALookAndDecidesNothing() {
    World world = new World(100);
    double[] none = {Double.NaN, 0, -1, Double.POSITIVE_INFINITY, 1e300};
    int looks = 0;
    for (int i = 0; i < 500; i++) {
      world.pass(WAVES);
      world.learner.window(world.window.seconds(i % 2 == 0 ? 1 : none[i / 2 % none.length]));
      looks += world.part() == 0 ? 1 : 0;
      assertTrue(i % 2 == 0 || world.part() == 100, "window " + i);
    }
    assertTrue(looks >= PartLearner.MOST_TRIALS, looks + " looks");
    assertEquals(List.of(), world.decisions());
  }

  @Test
  void aStackThatHandsNothingOverIsLeftAlone() {
    World world = new World(100);
    world.play(300, _ -> new Load(0, 0, 0, 0));
    assertEquals(List.of(), world.window.sets());
    PartLearner idle = new PartLearner(ListRooms.NONE, LEAST);
    idle.window(world.window.seconds(1));
    assertEquals(List.of(), world.window.sets());
  }

  @Test
  void aLoadThatStopsInALookGetsItsCacheBack() {
    World world = new World(100);
    for (int i = 0; i < 100; i++) {
      world.play(1, _ -> WAVES);
      assertTrue(i >= PartLearner.MOST_TRIALS || world.part() == 0, "a look");
      world.play(3, _ -> new Load(0, 0, 0, 0));
      assertEquals(100, world.part());
    }
    assertEquals(List.of(), world.decisions());
  }

  @Test
  void whatRestsHasWhatTheProfileSaysUntilTheLoadComesBack() {
    World world = new World(100);
    world.play(60, _ -> WAVES);
    assertEquals(0, world.part());
    Load nothing = new Load(0, 0, 0, 0);
    world.play(PartLearner.CALM - 1, _ -> nothing);
    assertEquals(0, world.part());
    world.play(4, _ -> nothing); // a look may have been going on
    assertEquals(100, world.part());
    world.play(500, _ -> TIGHT);
    assertEquals(100, world.part(), "it rests as long as there is nothing to gain");
    world.play(1, _ -> WAVES);
    assertEquals(0, world.part(), "nothing is learned anew");
    assertEquals(List.of(0L), world.turns(100));
  }

  @Test
  void aLookIsEndedWhereverItIs() {
    World world = new World(100);
    world.play(1, _ -> WAVES);
    assertEquals(0, world.part());
    world.play(3, _ -> new Load(0, 0, 0, 0));
    assertEquals(100, world.part());
  }

  @Test
  void aStackHasWindowsHoweverLittleItHolds() {
    assertTrue(new World(100).learner.needsWindows());
    assertFalse(new PartLearner(ListRooms.NONE, LEAST).needsWindows(), "nothing can be turned");
  }

  /** Noise of a tenth does not change what is right. */
  @Property(tries = 30)
  void noiseDoesNotMatter(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    World waves = new World(100);
    waves.play(200, _ -> WAVES.times(random.nextDouble(0.9, 1.1)));
    World reuse = new World(100);
    reuse.play(200, _ -> REUSE.times(random.nextDouble(0.9, 1.1)));
    assertEquals(0, lastDecided(waves, 100), () -> waves.window.sets().toString());
    assertEquals(100, lastDecided(reuse, 100), () -> reuse.window.sets().toString());
  }

  /** Loads that flip, with any period, and noise of any size: it turns ever more rarely. */
  @Property(tries = 30)
  void whateverComesItStaysInRangeAndDoesNotSwing(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Load[] loads = {WAVES, REUSE, GROWTH, TIGHT, new Load(0, 0, 0, 0)};
    Load one = loads[random.nextInt(loads.length)];
    Load two = loads[random.nextInt(loads.length)];
    int flip = 1 + random.nextInt(300);
    double noise = random.nextDouble(1, 20);
    long first = random.nextInt(101);
    long whole = first == 0 ? 100 : first;
    World world = new World(first);
    for (int i = 0; i < 20_000; i++) {
      world.play(
          1, now -> (now / flip % 2 == 0 ? one : two).times(random.nextDouble(1 / noise, noise)));
      assertTrue(world.part() == 0 || world.part() == whole, () -> world.part() + " %");
    }
    int seen = world.turns(first).size();
    int most = PartLearner.MOST_TRIALS + 20_000 / PartLearner.WINDOWS_OF_A_TRIAL;
    assertTrue(seen <= most, () -> seen + " turns: " + world.decisions());
  }

  /** What flips within a trial, or from window to window, is not followed. */
  @Property(tries = 30)
  void whatFlipsFasterThanATrialIsLeftAlone(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int flip = 1 + random.nextInt(2);
    World world = new World(100);
    for (int i = 0; i < 20_000; i++) {
      boolean inWaves = i / flip % 2 == 1;
      world.sizeClass = inWaves ? OTHER_CLASS : SIZE_CLASS;
      world.play(1, _ -> (inWaves ? WAVES : REUSE).times(random.nextDouble(0.95, 1.05)));
    }
    assertTrue(world.turns(100).size() <= 30, () -> world.decisions().toString());
    long other =
        world.window.sets().stream().filter(set -> set.reason().startsWith("for a look")).count();
    assertTrue(other <= 20_000 / PartLearner.WINDOWS_OF_A_TRIAL, other + " looks");
  }

  private static long lastDecided(World world, long first) {
    List<SimulatedWindow.Set> decisions = world.decisions();
    return decisions.isEmpty() ? first : decisions.getLast().value();
  }
}
