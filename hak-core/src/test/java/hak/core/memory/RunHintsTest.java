package hak.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunHintsTest {
  private static final int SUPERSLABS = 40;

  /** As the pool does it, first fit from the hint on. */
  private static int claim(RunHints hints, int[] free, int pages) {
    int first = hints.of(pages);
    for (int superslab = first; superslab < free.length; superslab++) {
      int starts = PageBits.runStarts(free[superslab], pages);
      if (starts != 0) {
        hints.noneBefore(pages, superslab);
        free[superslab] &= (int) ~PageBits.mask(Integer.numberOfTrailingZeros(starts), pages);
        return superslab;
      }
    }
    hints.noneBefore(pages, free.length);
    return -1;
  }

  /** By one thread a hint is exact enough: what a search from the start would find, it finds. */
  @Test
  void noRunIsPassedBy() {
    SplittableRandom random = new SplittableRandom(1);
    RunHints hints = new RunHints(0);
    int[] free = new int[SUPERSLABS];
    Arrays.fill(free, -1);
    for (int i = 0; i < 200_000; i++) {
      int pages = 1 + random.nextInt(random.nextInt(1, PageRuns.PAGES + 1));
      if (random.nextBoolean()) {
        int expected = 0;
        while (expected < SUPERSLABS && PageBits.runStarts(free[expected], pages) == 0) {
          expected++;
        }
        int[] before = free.clone();
        int found = claim(hints, free, pages);
        assertEquals(expected == SUPERSLABS ? -1 : expected, found, () -> pages + " pages");
        assertTrue(found < 0 || before[found] != free[found]);
      } else {
        int superslab = random.nextInt(SUPERSLABS);
        free[superslab] |= (int) PageBits.mask(random.nextInt(PageRuns.PAGES), pages);
        hints.lower(PageBits.longestRun(free[superslab]), superslab);
      }
    }
  }

  /** Or a search would begin at the first superslab for ever. */
  @Test
  void eachLengthHasItsOwn() {
    RunHints hints = new RunHints(3);
    hints.noneBefore(5, 7);
    assertEquals(3, hints.of(4));
    assertEquals(7, hints.of(5));
    assertEquals(7, hints.of(PageRuns.PAGES), "nor is there a longer one");
    hints.lower(6, 4);
    assertEquals(4, hints.of(5));
    assertEquals(4, hints.of(6));
    assertEquals(7, hints.of(7), "six are free there");
    assertEquals(3, hints.of(4));
  }
}
