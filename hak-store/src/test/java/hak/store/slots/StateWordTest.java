package hak.store.slots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StateWordTest {
  private static long word(int state) {
    boolean owned = state != StateWord.FREE && state != StateWord.SEALED;
    return StateWord.of(state, owned ? 200 : 0, 1L << 42 | 5);
  }

  @Test
  void aWordTellsWhatItWasMadeOf() {
    assertEquals(0, StateWord.of(StateWord.FREE, 0, 0), "a row that was never used");
    for (int state = 0; state < StateWord.STATES; state++) {
      long word = word(state);
      assertEquals(state, StateWord.state(word));
      assertTrue(StateWord.is(state, word));
      assertEquals(1L << 42 | 5, StateWord.generation(word));
      assertEquals(state, StateWord.nearest(word));
      assertEquals(0, StateWord.distance(state, word));
    }
    assertEquals(200, StateWord.owner(word(StateWord.KEPT)));
  }

  @Test
  void twoStatesDifferInSevenBitsAtLeast() {
    for (int one = 0; one < StateWord.STATES; one++) {
      for (int other = 0; other < one; other++) {
        int distance = StateWord.distance(one, word(other));
        assertTrue(distance >= 7, one + " and " + other + " differ in " + distance);
      }
    }
  }

  @Test
  void upToThreeFlippedBitsOfTheCodeAreNoticedAndTheStateIsStillTheNearest() {
    Random random = new Random(1);
    int[] code = {0, 1, 2, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    for (int i = 0; i < 100_000; i++) {
      int state = random.nextInt(StateWord.STATES);
      long flips = 0;
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        flips |= 1L << code[random.nextInt(code.length)];
      }
      long damaged = word(state) ^ flips;
      assertEquals(StateWord.DAMAGED, StateWord.state(damaged));
      assertEquals(state, StateWord.nearest(damaged));
      assertEquals(Long.bitCount(flips), StateWord.distance(state, damaged));
    }
  }

  @Test
  void anOwnerOfWhatHasNoneIsDamage() {
    for (int bit = 3; bit <= 10; bit++) {
      assertEquals(StateWord.DAMAGED, StateWord.state(word(StateWord.SEALED) ^ 1L << bit));
      assertEquals(StateWord.DAMAGED, StateWord.state(word(StateWord.FREE) ^ 1L << bit));
    }
  }

  @Test
  void noFlippedBitMakesACountOfReferencesAnother() {
    for (int count : new int[] {0, 1, 2, 3, 7, 8, 255, 256, 1000, 65_535, References.MOST}) {
      int word = References.word(count);
      assertEquals(count, References.count(word));
      for (int bit = 0; bit < Integer.SIZE; bit++) {
        assertEquals(References.DAMAGED, References.count(word ^ 1 << bit), count + " bit " + bit);
      }
    }
    assertEquals(References.DAMAGED, References.count(0), "a stretch of zeros");
    assertEquals(References.DAMAGED, References.count(-1), "a stretch of ones");
    assertNotEquals(0, References.word(0));
  }
}
