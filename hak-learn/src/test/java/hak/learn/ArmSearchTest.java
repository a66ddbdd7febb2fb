package hak.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ArmSearchTest {
  private static final long[] VALUES = {100, 125, 150, 200};
  private static final double GAIN = 0.05;
  private static final double HARM = 1.0;

  /** A search, and all that was in force. */
  private static final class World {
    final ArmSearch search;
    final List<Long> inForce = new ArrayList<>();
    final List<String> steps = new ArrayList<>();

    World(long first) {
      search = new ArmSearch(VALUES, first, GAIN, HARM);
    }

    /** So many rounds; what one costs by its number and what is in force. */
    void play(int rounds, ToDoubleBiFunction<Integer, Long> cost) {
      for (int end = inForce.size() + rounds; inForce.size() < end; ) {
        double paid = cost.applyAsDouble(inForce.size(), search.inForce());
        long next = search.round(paid);
        assertEquals(next, search.inForce());
        inForce.add(next);
        if (!search.step().isEmpty()) {
          steps.add(search.step());
        }
      }
    }

    int changes() {
      int changes = 0;
      for (int i = 1; i < inForce.size(); i++) {
        changes += inForce.get(i).equals(inForce.get(i - 1)) ? 0 : 1;
      }
      return changes;
    }
  }

  /** What a value costs where one is best. */
  private static double costOf(long value, long best) {
    return 100 + Math.abs(value - best);
  }

  @Test
  void findsTheCheapestWhicheverItIs() {
    for (long best : VALUES) {
      for (long first : VALUES) {
        World world = new World(first);
        world.play(300, (round, value) -> costOf(value, best));
        assertEquals(best, world.search.inForce(), () -> best + ": " + world.steps);
        assertEquals(LifeCycle.State.FROZEN, world.search.state());
      }
    }
  }

  @Test
  void aFirstValueThatIsNoneOfThemIsOneToo() {
    World world = new World(130);
    world.play(300, (round, value) -> costOf(value, 130));
    assertEquals(130, world.search.inForce());
    assertEquals(Set.of(100L, 125L, 130L, 150L, 200L), Set.copyOf(world.inForce), "all were tried");
  }

  @Test
  void whereNothingGainsAllIsRolledBackAndItRests() {
    World world = new World(100);
    world.play(2_000, (round, value) -> 50);
    assertEquals(100, world.search.inForce());
    assertEquals(2 * (VALUES.length - 1), world.changes(), () -> world.steps.toString());
    assertEquals(
        VALUES.length - 1,
        world.steps.stream().filter(step -> step.contains("rolled back: no gain")).count());
  }

  @Test
  void whatDoesMuchHarmIsOverAfterTheRoundThatShowsIt() {
    World world = new World(100);
    world.play(500, (round, value) -> value == 100 ? 10 : 100);
    long harmed = world.inForce.stream().filter(value -> value != 100).count();
    // The round that is passed over and the one that shows it.
    assertEquals(2L * (VALUES.length - 1), harmed, () -> world.steps.toString());
  }

  @Test
  void anotherLoadIsSearchedAnew() {
    World world = new World(100);
    world.play(300, (round, value) -> costOf(value, 200));
    assertEquals(200, world.search.inForce());
    world.play(600, (round, value) -> 10 * costOf(value, 100));
    assertEquals(100, world.search.inForce(), () -> world.steps.toString());
  }

  @Test
  void aSingleValueIsLeftAlone() {
    ArmSearch search = new ArmSearch(new long[0], 7, GAIN, HARM);
    for (int round = 0; round < 500; round++) {
      assertEquals(7, search.round(round % 50 + 1));
    }
  }

  @Test
  void whatIsNoCostChangesNothing() {
    World world = new World(100);
    double[] none = {Double.NaN, Double.POSITIVE_INFINITY, -1, 0, 1e300, Double.NEGATIVE_INFINITY};
    world.play(500, (round, value) -> none[round % none.length]);
    assertEquals(0, world.changes());
    world.play(300, (round, value) -> round % 2 == 0 ? Double.NaN : costOf(value, 150));
    world.play(600, (round, value) -> costOf(value, 150));
    assertTrue(world.search.inForce() != 0);
  }

  @Test
  void partsOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ArmSearch(VALUES, 1, 1, HARM));
    assertThrows(IllegalArgumentException.class, () -> new ArmSearch(VALUES, 1, GAIN, 0));
  }

  private static long kept(World world) {
    return world.steps.stream().filter(step -> step.startsWith("FROZEN, kept")).count();
  }

  /** What wanders by a third with nothing behind it: of a hundred trials three are believed. */
  @Test
  void noiseIsTakenForNoGain() {
    long kept = 0;
    long trials = 0;
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      World world = new World(100);
      world.play(300, (round, value) -> 100 * (0.4 + 1.2 * random.nextDouble()));
      kept += kept(world);
      trials += world.steps.stream().filter(step -> step.startsWith("CANARY")).count();
    }
    assertTrue(trials > 600, trials + " trials");
    assertTrue(kept < trials / 30, kept + " of " + trials);
  }

  @Test
  void whatGainsMoreThanTheNoiseIsFound() {
    int found = 0;
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      World world = new World(100);
      world.play(
          400, (round, value) -> (value == 150 ? 40 : 100) * (0.7 + 0.6 * random.nextDouble()));
      found += world.search.inForce() == 150 ? 1 : 0;
    }
    assertTrue(found > 180, found + " of 200");
  }

  /** Costs that spread by a tenth: what it ends with is a tenth from the best at most. */
  @Property(tries = 100)
  void noiseLeadsItAstrayByLittle(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long best = VALUES[random.nextInt(VALUES.length)];
    World world = new World(VALUES[random.nextInt(VALUES.length)]);
    world.play(
        1_000, (round, value) -> 2 * costOf(value, best) * (0.95 + 0.1 * random.nextDouble()));
    double cost = costOf(world.search.inForce(), best);
    assertTrue(
        world.search.state() != LifeCycle.State.FROZEN || cost <= costOf(best, best) * 1.26,
        () -> best + ": " + world.steps);
  }

  /** Whatever comes, trials become rare: waits double from 16 rounds to 1,024. */
  @Property(tries = 100)
  void whateverComesItDoesNotSwing(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int flip = 1 + random.nextInt(100);
    double noise = random.nextDouble();
    double more = 1 + 20 * random.nextDouble();
    World world = new World(VALUES[random.nextInt(VALUES.length)]);
    world.play(
        4_000,
        (round, value) ->
            random.nextInt(50) == 0
                ? Double.NaN
                : (round / flip % 2 == 0 ? costOf(value, 100) : more * costOf(value, 200))
                    * (1 + noise * random.nextDouble()));
    // Searches end at most at 16, 32, ..., 1024, 2048, 3072; each has 5 trials, of 2 changes.
    assertTrue(world.changes() <= 100, () -> world.changes() + " changes: " + world.steps);
    Set<Long> allowed = Set.of(100L, 125L, 150L, 200L);
    assertTrue(allowed.containsAll(world.inForce));
  }
}
