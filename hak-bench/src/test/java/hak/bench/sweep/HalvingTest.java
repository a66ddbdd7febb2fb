package hak.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.sweep.Halving.Rung;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HalvingTest {
  @Test
  void theWorseHalfIsDroppedAndTheOthersGetTwiceAsManyForks() {
    Halving halving = new Halving(20, 2, 10);
    assertEquals(
        List.of(new Rung(1, 20, 10, 2), new Rung(2, 10, 5, 4), new Rung(3, 5, 3, 8)),
        halving.rungs());
    assertEquals(3, halving.last());
    assertEquals(120, halving.forks());
  }

  @Test
  void fewCandidatesAreJudgedAtOnce() {
    Halving halving = new Halving(3, 2, 10);
    assertEquals(List.of(), halving.rungs());
    assertEquals(3, halving.last());
    assertEquals(0, halving.forks());
  }

  /** The promise of the budget: each rung costs what the first does, and a fork for odd ones. */
  @Property(tries = 300)
  void noRungCostsMoreThanTheFirst(
      @ForAll @IntRange(min = 1, max = 256) int candidates,
      @ForAll @IntRange(min = 1, max = 8) int first,
      @ForAll @IntRange(min = 0, max = 92) int more) {
    Halving halving = new Halving(candidates, first, first + more);
    List<Rung> rungs = halving.rungs();
    int left = candidates;
    for (Rung rung : rungs) {
      assertEquals(left, rung.candidates());
      assertTrue(2 * rung.kept() >= left && rung.kept() < left, rung.toString());
      assertTrue(rung.forks() <= first + more, rung.toString());
      assertTrue(rung.forks() * (rung.candidates() - 1) < candidates * first, rung.toString());
      left = rung.kept();
    }
    assertEquals(left, halving.last());
    assertTrue(left <= Halving.LAST);
    assertTrue(rungs.size() <= 7);
    assertEquals(
        rungs.stream().mapToLong(rung -> (long) rung.candidates() * rung.forks()).sum(),
        halving.forks());
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new Halving(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Halving(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Halving(1, 2, 1));
  }
}
