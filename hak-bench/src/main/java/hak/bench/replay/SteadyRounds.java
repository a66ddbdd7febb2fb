package hak.bench.replay;

import hak.bench.stats.Fence;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rounds of which those are played again in which the floor moved: the same loop with no allocator
 * took unusually long, or short, so the machine was another one then. What the allocators took is
 * not looked at, so none of them is favoured.
 *
 * <p>Unusual is what is beyond the {@link Fence} of all rounds, by more than {@value #LEAST_MOVE}
 * of the median; so a level that lasts for all rounds is none. At most as many rounds are played
 * again as there are: on a machine that never rests this ends, and says how many still moved.
 */
public final class SteadyRounds {
  /** With fewer there is no telling what is usual, and nothing is played again. */
  static final int FEWEST = 4;

  private static final double LEAST_MOVE = 0.02;

  private SteadyRounds() {}

  /** Plays one round. */
  @FunctionalInterface
  public interface Round {
    /**
     * Plays the floors and all others once.
     *
     * @param number its times are kept under it, in place of those before
     * @param again whether it is played another time
     */
    void play(int number, boolean again);
  }

  /**
   * What became of some rounds.
   *
   * @param repeated how many were played again, each time counted
   * @param moved in how many of those that count the floor is still beyond the usual
   */
  public record Outcome(int repeated, int moved) {
    /** No rounds. */
    public static final Outcome NONE = new Outcome(0, 0);

    /** Of these and of others. */
    public Outcome plus(Outcome other) {
      return new Outcome(repeated + other.repeated, moved + other.moved);
    }
  }

  /**
   * Plays rounds.
   *
   * @param floors the times of each floor by round, as the rounds leave them; none if there is no
   *     floor
   */
  public static Outcome play(int rounds, List<double[]> floors, Round round) {
    for (int number = 0; number < rounds; number++) {
      round.play(number, false);
    }
    int repeated = 0;
    int[] moved = moved(rounds, floors);
    while (moved.length > 0 && repeated < rounds) {
      for (int i = 0; i < moved.length && repeated < rounds; i++) {
        round.play(moved[i], true);
        repeated++;
      }
      moved = moved(rounds, floors);
    }
    return new Outcome(repeated, moved.length);
  }

  /** The rounds in which a floor is beyond its fence. */
  private static int[] moved(int rounds, List<double[]> floors) {
    if (rounds < FEWEST) {
      return new int[0];
    }
    List<Fence> fences = floors.stream().map(floor -> Fence.of(floor, LEAST_MOVE)).toList();
    return IntStream.range(0, rounds)
        .filter(round ->
            IntStream.range(0, floors.size())
                .anyMatch(floor -> !fences.get(floor).has(floors.get(floor)[round])))
        .toArray();
  }
}
