package hak.learn;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Rates strategies by who beat whom, and draws one: the better ones more often.
 *
 * <pre>
 *   expected(a, b) = 1 / (1 + 10^((rating b - rating a) / 400))
 *   a result moves both ratings by stake * (result - expected), in opposite directions
 *   sum of all ratings = strategies * 1500
 * </pre>
 *
 * <p>After Elo: "The Rating of Chessplayers, Past and Present", 1978. Only the order of two
 * measurements counts, so they need no common scale; drawn by softmax (Bridle, 1990).
 *
 * <p>For one thread.
 */
public final class Elo {
  /** Where all begin. */
  public static final double FIRST_RATING = 1500;

  private static final double SCALE = 400;

  private final double stake;
  private final double[] ratings;

  /**
   * Begins with all alike.
   *
   * @param strategies how many there are, 1 or more
   * @param stake most points that one result moves; above 0, up to 400; chess has 32
   * @throws IllegalArgumentException if one is out of range
   */
  public Elo(int strategies, double stake) {
    Observation.require(strategies >= 1, "strategies", strategies, "1 or more");
    Observation.require(stake > 0 && stake <= SCALE, "stake", stake, "above 0, up to 400");
    this.stake = stake;
    ratings = new double[strategies];
    Arrays.fill(ratings, FIRST_RATING);
  }

  /**
   * Takes in the costs of two strategies in one window: the smaller one wins, equal ones draw.
   * Where one is NaN, or both are the same strategy, nothing changes.
   */
  public void compare(int a, double costOfA, int b, double costOfB) {
    if (a == b || Double.isNaN(costOfA) || Double.isNaN(costOfB)) {
      return;
    }
    double result = costOfA < costOfB ? 1 : costOfA > costOfB ? 0 : 0.5;
    double moved = stake * (result - expected(a, b));
    ratings[a] += moved;
    ratings[b] -= moved;
  }

  /** How probable it is that {@code a} beats {@code b}, a draw being half of it. */
  public double expected(int a, int b) {
    return 1 / (1 + Math.pow(10, (ratings[b] - ratings[a]) / SCALE));
  }

  /** Its points. */
  public double rating(int strategy) {
    return ratings[strategy];
  }

  /** The one with the most points; of equal ones the first. */
  public int best() {
    int best = 0;
    for (int each = 1; each < ratings.length; each++) {
      best = ratings[each] > ratings[best] ? each : best;
    }
    return best;
  }

  /**
   * Draws one with a probability that grows e-fold with each {@code temperature} points.
   *
   * @param temperature in points, above 0 and finite
   * @throws IllegalArgumentException if it is out of range
   */
  public int draw(double temperature, RandomGenerator random) {
    double[] chances = chances(temperature);
    double left = random.nextDouble();
    int drawn = 0;
    while (drawn < chances.length - 1 && left >= chances[drawn]) {
      left -= chances[drawn++];
    }
    return drawn;
  }

  /**
   * With which probability each would be drawn; they add up to 1.
   *
   * @throws IllegalArgumentException if the temperature is out of range
   */
  public double[] chances(double temperature) {
    Observation.require(
        temperature > 0 && Observation.isUsable(temperature),
        "temperature",
        temperature,
        "above 0, and finite");
    double most = ratings[best()]; // exponents at or below 0 do not overflow
    double[] chances =
        Arrays.stream(ratings).map(rating -> Math.exp((rating - most) / temperature)).toArray();
    double sum = Arrays.stream(chances).sum();
    return Arrays.stream(chances).map(chance -> chance / sum).toArray();
  }
}
