package hak.big;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FillHistoryTest {
  private static final long MIB = 1L << 20;

  private final FillHistory history = new FillHistory();

  private void note(int times, long bytes, boolean isFilled) {
    for (int i = 0; i < times; i++) {
      history.note(bytes, isFilled);
    }
  }

  @Test
  void whatNobodyHasSeenIsTakenForFilled() {
    for (long bytes = 1; bytes > 0; bytes *= 2) {
      assertTrue(history.saysFilled(bytes));
    }
    assertTrue(history.saysFilled(Long.MAX_VALUE));
  }

  @Test
  void oneBlockIsEnoughToBeginWith() {
    history.note(9 * MIB, false);
    assertFalse(history.saysFilled(8 * MIB));
    assertFalse(history.saysFilled(16 * MIB - 1));
    assertTrue(history.saysFilled(16 * MIB), "a longer one");
  }

  @Test
  void aHabitChangesAfterAFewBlocksHoweverOldItIs() {
    note(1_000, 8 * MIB, true);
    note(4, 8 * MIB, false);
    assertTrue(history.saysFilled(8 * MIB), "four of a thousand");
    history.note(8 * MIB, false);
    assertFalse(history.saysFilled(8 * MIB));
    note(1_000, 8 * MIB, false);
    note(4, 8 * MIB, true);
    assertTrue(history.saysFilled(8 * MIB), "as many the other way are nothing known");
  }

  @Test
  void aLongerBlockSpeaksForAShorterOneOfWhichNothingIsKnown() {
    history.note(40 * MIB, false);
    assertFalse(history.saysFilled(3 * MIB));
    history.note(10 * MIB, true);
    assertTrue(history.saysFilled(3 * MIB), "the next longer one");
    assertFalse(history.saysFilled(20 * MIB));
  }
}
