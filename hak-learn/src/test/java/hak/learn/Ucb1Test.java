package hak.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Ucb1Test {
  @Test
  void triesEachArmOnceFirst() {
    Ucb1 arms = new Ucb1(3, Ucb1.USUAL_WIDTH);
    for (int arm = 0; arm < 3; arm++) {
      assertEquals(arm, arms.choose());
      arms.reward(arm, 0.5);
    }
  }

  /** mean + 1.5 sqrt(ln N / n), by hand: 0.25 + 1.5 sqrt(ln 3 / 2). */
  @Test
  void scoreIsTheFormula() {
    Ucb1 arms = new Ucb1(2, 1.5);
    arms.reward(0, 0.5);
    arms.reward(0, 0);
    arms.reward(1, 1);
    assertEquals(0.25 + 1.5 * Math.sqrt(Math.log(3) / 2), arms.score(0), 1e-12);
    assertEquals(1, arms.choose());
  }

  @Test
  void findsTheBestOfNoisyArms() {
    double[] worth = {0.45, 0.5, 0.7, 0.5};
    SplittableRandom random = new SplittableRandom(2);
    Ucb1 arms = new Ucb1(worth.length, Ucb1.USUAL_WIDTH);
    for (int i = 0; i < 4000; i++) {
      int arm = arms.choose();
      arms.reward(arm, random.nextDouble() < worth[arm] ? 1 : 0);
    }
    assertTrue(arms.trials(2) > 2000, "trials of the best: " + arms.trials(2));
    assertEquals(0.7, arms.mean(2), 0.05);
  }

  @Property(tries = 200)
  void alwaysChoosesAnArmWhateverItIsFed(@ForAll List<Double> rewards) {
    Ucb1 arms = new Ucb1(3, Ucb1.USUAL_WIDTH);
    long counted = 0;
    for (double reward : rewards) {
      int arm = arms.choose();
      assertTrue(arm >= 0 && arm < 3);
      arms.reward(arm, reward);
      arms.reward(arm, Double.NaN);
      counted += reward >= 0 && reward <= 1 ? 1 : 0;
    }
    assertEquals(counted, arms.trials(0) + arms.trials(1) + arms.trials(2));
  }

  @Test
  void forgetsAndBeginsAnew() {
    Ucb1 arms = new Ucb1(2, 1);
    arms.reward(0, 1);
    arms.forget();
    assertEquals(0, arms.trials(0));
    assertEquals(Double.POSITIVE_INFINITY, arms.score(0));
  }

  @Test
  void refusesNoArms() {
    assertThrows(IllegalArgumentException.class, () -> new Ucb1(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Ucb1(1, Double.NaN));
  }
}
