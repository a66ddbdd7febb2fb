package hak.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PageBitsTest {
  private static int runStartsOneByOne(int free, int count) {
    int starts = free;
    for (int i = 1; i < count; i++) {
      starts &= free >>> i;
    }
    return starts;
  }

  @Test
  void aRunBeginsWhereAllItsBitsAreSet() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      int holes = random.nextInt();
      int dense = ~(holes & random.nextInt());
      for (int count = 1; count <= Integer.SIZE; count++) {
        assertEquals(runStartsOneByOne(dense, count), PageBits.runStarts(dense, count));
      }
    }
    assertEquals(1, PageBits.runStarts(-1, Integer.SIZE), "all of them");
    assertEquals(0, PageBits.runStarts(-2, Integer.SIZE), "the first is missing");
  }

  @Test
  void theLongestRunIsTheLastThatBeginsAnywhere() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 10_000; i++) {
      int holes = random.nextInt();
      holes &= random.nextInt();
      for (int free : new int[] {holes, ~holes, ~(holes & random.nextInt()), ~0 >>> (i & 31)}) {
        int longest = PageBits.longestRun(free);
        assertTrue(
            longest == 0 || PageBits.runStarts(free, longest) != 0, () -> longest + " in " + free);
        assertTrue(
            longest == Integer.SIZE || PageBits.runStarts(free, longest + 1) == 0,
            () -> "more than " + longest + " in " + free);
      }
    }
    assertEquals(0, PageBits.longestRun(0));
    assertEquals(Integer.SIZE, PageBits.longestRun(-1));
    assertEquals(Integer.SIZE - 1, PageBits.longestRun(-2));
  }
}
