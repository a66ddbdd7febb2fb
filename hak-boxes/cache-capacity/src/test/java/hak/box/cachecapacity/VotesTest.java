package hak.box.cachecapacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VotesTest {
  private static final double LEAST = 0.05;
  private final Votes votes = new Votes();

  @Test
  void fourInARowDecide() {
    for (int i = 0; i < 4; i++) {
      assertFalse(votes.isDecided());
      votes.add(0.06, LEAST, true);
    }
    assertTrue(votes.isDecided());
    assertTrue(votes.isForOther());
  }

  @Test
  void anotherOneBeginsAnew() {
    votes.add(0.06, LEAST, true);
    votes.add(0.06, LEAST, true);
    for (int i = 0; i < 3; i++) {
      votes.add(0.04, LEAST, true);
      assertFalse(votes.isDecided());
    }
    votes.add(-0.04, LEAST, true);
    assertTrue(votes.isDecided());
    assertFalse(votes.isForOther());
  }

  @Test
  void aCleanOneWithALargeDifferenceIsEnough() {
    for (double gain : new double[] {0.1, -0.1}) {
      votes.add(gain, LEAST, false);
      assertFalse(votes.isDecided());
      votes.clear();
      votes.add(gain, LEAST, true);
      assertTrue(votes.isDecided());
      assertEquals(gain > 0, votes.isForOther());
      votes.clear();
      assertFalse(votes.isDecided());
    }
  }
}
