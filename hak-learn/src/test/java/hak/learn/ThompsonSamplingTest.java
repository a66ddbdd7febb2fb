package hak.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ThompsonSamplingTest {
  private static ThompsonSampling arms(int count, double fading) {
    return new ThompsonSampling(count, fading, new SplittableRandom(3));
  }

  /** How often each of two arms is tried in so many windows. */
  private static int[] trials(ThompsonSampling arms, int windows, double first, double second) {
    SplittableRandom random = new SplittableRandom(4);
    int[] trials = new int[2];
    for (int i = 0; i < windows; i++) {
      int arm = arms.choose();
      trials[arm]++;
      arms.reward(arm, random.nextDouble() < (arm == 0 ? first : second) ? 1 : 0);
    }
    return trials;
  }

  @Test
  void findsTheBetterOfTwoNoisyArms() {
    assertTrue(trials(arms(2, 1), 1000, 0.4, 0.6)[1] > 750);
  }

  @Test
  void whatFadesFollowsAChange() {
    ThompsonSampling fading = arms(2, 0.98);
    trials(fading, 1000, 0.8, 0.2);
    assertTrue(trials(fading, 1000, 0.2, 0.8)[1] > 700);
  }

  @Test
  void beginsUndecided() {
    ThompsonSampling arms = arms(2, 1);
    assertEquals(0.5, arms.mean(0));
    arms.reward(0, 1);
    assertEquals(2.0 / 3, arms.mean(0), 1e-12);
    assertEquals(0.5, arms.mean(1));
  }

  @Property(tries = 100)
  void alwaysChoosesAnArmWhateverItIsFed(@ForAll List<Double> rewards) {
    ThompsonSampling arms = arms(3, 0.5);
    for (double reward : rewards) {
      int arm = arms.choose();
      assertTrue(arm >= 0 && arm < 3);
      arms.reward(arm, reward);
      arms.reward(arm, Double.NaN);
      assertTrue(arms.mean(arm) > 0 && arms.mean(arm) < 1);
    }
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> arms(0, 1));
    assertThrows(IllegalArgumentException.class, () -> arms(1, 0));
    assertThrows(IllegalArgumentException.class, () -> arms(1, Double.NaN));
  }
}
