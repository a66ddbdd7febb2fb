package hak.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class EloTest {
  /** Equal players stake half of it: the winner gets 16 of 32 points. */
  @Test
  void aWinMovesHalfOfTheStakeBetweenEquals() {
    Elo elo = new Elo(2, 32);
    elo.compare(0, 10, 1, 11);
    assertEquals(1516, elo.rating(0), 1e-9);
    assertEquals(1484, elo.rating(1), 1e-9);
  }

  @Test
  void aDrawOfEqualsMovesNothing() {
    Elo elo = new Elo(2, 32);
    elo.compare(0, 0.0, 1, -0.0);
    assertEquals(1500, elo.rating(0), 1e-9);
  }

  /** 400 points are odds of ten to one. */
  @Test
  void expectationFollowsTheRatings() {
    Elo elo = new Elo(3, 400);
    elo.compare(0, 1, 1, 2);
    assertEquals(1 / (1 + Math.pow(10, -1)), elo.expected(0, 1), 1e-9);
    assertEquals(1, elo.expected(0, 1) + elo.expected(1, 0), 1e-12);
  }

  @Test
  void ordersStrategiesByNoisyCosts() {
    double[] costs = {12, 10, 11};
    SplittableRandom random = new SplittableRandom(5);
    Elo elo = new Elo(3, 16);
    for (int i = 0; i < 900; i++) {
      int a = random.nextInt(3);
      int b = random.nextInt(3);
      elo.compare(a, costs[a] + random.nextGaussian(), b, costs[b] + random.nextGaussian());
    }
    assertEquals(1, elo.best());
    assertTrue(elo.rating(2) > elo.rating(0));
  }

  @Test
  void drawsTheBetterOneMoreOften() {
    Elo elo = new Elo(2, 100);
    elo.compare(0, 1, 1, 2);
    double chance = elo.chances(100)[0];
    assertEquals(1 / (1 + Math.exp(-1)), chance, 1e-9);
    SplittableRandom random = new SplittableRandom(6);
    int first = 0;
    for (int i = 0; i < 10_000; i++) {
      first += elo.draw(100, random) == 0 ? 1 : 0;
    }
    assertEquals(chance, first / 10_000.0, 0.02);
  }

  @Property(tries = 200)
  void pointsAreOnlyMoved(
      @ForAll List<Double> costs, @ForAll @DoubleRange(min = 0.01, max = 1e6) double temperature) {
    Elo elo = new Elo(4, 32);
    for (int i = 0; i + 1 < costs.size(); i++) {
      elo.compare(i % 4, costs.get(i), (i + 1) % 4, i % 3 == 0 ? Double.NaN : costs.get(i + 1));
      elo.compare(i % 4, Double.POSITIVE_INFINITY, (i + 1) % 4, costs.get(i));
    }
    double sum = 0;
    for (int each = 0; each < 4; each++) {
      sum += elo.rating(each);
    }
    assertEquals(4 * Elo.FIRST_RATING, sum, 1e-6);
    assertEquals(1, Arrays.stream(elo.chances(temperature)).sum(), 1e-9);
    int drawn = elo.draw(temperature, new SplittableRandom(costs.size()));
    assertTrue(drawn >= 0 && drawn < 4);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    Elo elo = new Elo(1, 32);
    assertThrows(IllegalArgumentException.class, () -> new Elo(0, 32));
    assertThrows(IllegalArgumentException.class, () -> new Elo(1, 0));
    assertThrows(IllegalArgumentException.class, () -> elo.chances(0));
    assertThrows(IllegalArgumentException.class, () -> elo.chances(Double.NaN));
  }
}
