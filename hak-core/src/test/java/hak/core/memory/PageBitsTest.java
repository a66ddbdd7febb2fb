package hak.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
