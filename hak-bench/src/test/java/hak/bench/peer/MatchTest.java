package hak.bench.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hak.bench.replay.SteadyRounds.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Matches of contestants whose times are made up. */
class MatchTest {
  private static final int ROUNDS = 8;

  /** So little that one replay of a round counts. */
  private static final long LEAST_NANOS = 1;

  private final List<String> played = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();

  /**
   * One that takes, in its replay {@code i}, counted from 0 and over all forks, what it is told.
   */
  private final class Simulated implements Contestant {
    private final String name;
    private final IntToLongFunction nanos;

    Simulated(String name, IntToLongFunction nanos) {
      this.name = name;
      this.nanos = nanos;
    }

    @Override
    public void warmUp(int target) {}

    @Override
    public long round(int target) {
      long before = played.stream().filter(name::equals).count();
      played.add(name);
      return nanos.applyAsLong((int) before);
    }

    @Override
    public Long peakBytes(int target) {
      return 4096L;
    }

    @Override
    public long callSum() {
      return 7;
    }

    @Override
    public void close() {}
  }

  /** One that takes in each replay of a round, of which one counts, what it is told. */
  private void add(Match match, String name, IntToLongFunction nanos) {
    match.add(name, () -> new Simulated(name, replay -> nanos.applyAsLong(replay / 2)));
  }

  private void addFloor(Match match, String name, IntToLongFunction nanos) {
    match.addFloor(name, () -> new Simulated(name, replay -> nanos.applyAsLong(replay / 2)));
  }

  private static double[] counted(long from, long to) {
    return LongStream.range(from, to).asDoubleStream().toArray();
  }

  @Test
  void aSteadyFloorHasNothingPlayedAgain() {
    Match match = new Match(ROUNDS, 1, LEAST_NANOS);
    add(match, "a", round -> 1000 + round);
    addFloor(match, "floor", round -> 100 + round % 2);
    match.playFork(steps::add);
    assertEquals(new Outcome(0, 0), match.repeats());
    assertArrayEquals(counted(1000, 1008), match.forkRounds("a").getFirst());
    assertEquals(ROUNDS + 2, steps.size());
  }

  /** The floor took half as long again in round 3, so everybody plays it once more. */
  @Test
  void aRoundInWhichTheFloorMovedIsPlayedAgainByAll() {
    Match match = new Match(ROUNDS, 1, LEAST_NANOS);
    add(match, "a", round -> 1000 + round);
    addFloor(match, "floor", round -> round == 3 ? 150 : 100);
    add(match, "b", round -> 2000 + round);
    match.playFork(steps::add);
    assertEquals(new Outcome(1, 0), match.repeats());
    assertArrayEquals(
        new double[] {1000, 1001, 1002, 1008, 1004, 1005, 1006, 1007},
        match.forkRounds("a").getFirst());
    assertEquals(2008, match.forkRounds("b").getFirst()[3]);
    assertEquals(100, match.forkRounds("floor").getFirst()[3]);
    assertEquals(
        List.of("a", "a", "b", "b", "floor", "floor"),
        played.subList(2 * 3 * ROUNDS, 2 * (3 * ROUNDS + 3)),
        "its own order");
    assertEquals(Match.steps(ROUNDS), steps.size(), "what was announced");
  }

  @Test
  void aFloorThatWasShortMovedToo() {
    Match match = new Match(ROUNDS, 1, LEAST_NANOS);
    add(match, "a", round -> 1000 + round);
    addFloor(match, "floor", round -> round == 5 ? 60 : 100);
    match.playForkTimes(steps::add);
    assertEquals(new Outcome(1, 0), match.repeats());
    assertEquals(1008, match.forkRounds("a").getFirst()[5]);
  }

  /** Whatever the contestants took: only the floor is asked. */
  @Test
  void aContestantThatMovedIsAFinding() {
    Match match = new Match(ROUNDS, 1, LEAST_NANOS);
    add(match, "a", round -> round == 3 ? 9000 : 1000);
    addFloor(match, "floor", _ -> 100);
    match.playFork(steps::add);
    assertEquals(new Outcome(0, 0), match.repeats());
    assertEquals(9000, match.forkRounds("a").getFirst()[3]);
  }

  @Test
  void eachFloorIsLookedAt() {
    Match match = new Match(ROUNDS, 1, LEAST_NANOS);
    add(match, "a", round -> 1000 + round);
    addFloor(match, "first floor", round -> round == 1 ? 150 : 100);
    addFloor(match, "second floor", round -> round == 6 ? 15 : 10);
    match.playFork(steps::add);
    assertEquals(new Outcome(2, 0), match.repeats());
    assertEquals(1008, match.forkRounds("a").getFirst()[1]);
    assertEquals(1009, match.forkRounds("a").getFirst()[6]);
  }

  /** From round 7 on the machine is another one: that ends, and is told. */
  @Test
  void noMoreIsPlayedAgainThanThereIs() {
    Match match = new Match(ROUNDS, 1, LEAST_NANOS);
    add(match, "a", round -> 1000 + round);
    addFloor(match, "floor", round -> round >= 7 ? 200 + 10 * round : 100);
    match.playFork(steps::add);
    assertEquals(new Outcome(ROUNDS, 1), match.repeats());
    assertEquals(2 * 2 * 2 * ROUNDS, played.size());
  }

  @Test
  void forksAddUpAndAreEachLookedAtAlone() {
    Match match = new Match(ROUNDS, 1, LEAST_NANOS);
    add(match, "a", round -> 1000 + round);
    // In the second fork everything is twice as slow, and nothing moved.
    addFloor(match, "floor", round -> round == 2 ? 150 : round < ROUNDS + 1 ? 100 : 200);
    match.playFork(steps::add);
    match.playFork(steps::add);
    assertEquals(new Outcome(1, 0), match.repeats());
  }

  @Test
  void threeRoundsDoNotTellWhatIsUsual() {
    Match match = new Match(3, 1, LEAST_NANOS);
    add(match, "a", round -> 1000 + round);
    addFloor(match, "floor", round -> round == 1 ? 500 : 100);
    match.playFork(steps::add);
    assertEquals(new Outcome(0, 0), match.repeats());
  }

  @Test
  void withoutAFloorNothingIsPlayedAgain() {
    Match match = new Match(ROUNDS, 1, LEAST_NANOS);
    add(match, "a", round -> round == 3 ? 9000 : 1000);
    add(match, "b", _ -> 1000);
    match.playFork(steps::add);
    assertEquals(new Outcome(0, 0), match.repeats());
    assertEquals(2 * 2 * ROUNDS, played.size());
  }

  /** The first replay of a round, and none after it, finds what others left in the caches. */
  @Test
  void aShortProgramIsReplayedUntilItHasTakenLongEnough() {
    Match match = new Match(2, 1, 3000);
    match.add("a", () -> new Simulated("a", replay -> replay % 4 == 0 ? 9000 : 1000 + replay));
    match.add("b", () -> new Simulated("b", _ -> 1000));
    match.playFork(steps::add);
    assertEquals(
        List.of("a", "a", "a", "a", "b", "b", "b", "b", "b", "b", "b", "b", "a", "a", "a", "a"),
        played);
    assertArrayEquals(new double[] {1002, 1006}, match.forkRounds("a").getFirst());
  }

  @Test
  void aForkThatIsBrokenOffDoesNotCount() {
    Match match = new Match(ROUNDS, 1, LEAST_NANOS);
    add(match, "a", round -> 1000 + round);
    addFloor(match, "floor", round -> round == 3 ? 150 : 100);
    assertThrows(
        IllegalStateException.class,
        () ->
            match.playFork(step -> {
              if (step.equals("memory")) {
                throw new IllegalStateException("on purpose");
              }
            }));
    assertEquals(0, match.forks());
    assertEquals(new Outcome(0, 0), match.repeats());
  }
}
