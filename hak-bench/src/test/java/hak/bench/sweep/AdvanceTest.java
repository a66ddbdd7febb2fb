package hak.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.bench.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdvanceTest {
  @Test
  void stepsAreWeighedByStacksAndTheTotalFallsWithWhatIsExpected() {
    List<String> told = new ArrayList<>();
    Advance advance =
        new Advance((on, phase, done, total) -> told.add(on + phase + done + "/" + total), 100);
    Progress first = advance.begin("rung 1", 4);
    first.advanced("a ", " timed ", 0, 10);
    first.advanced("a ", " timed ", 10, 10);
    advance.end();
    advance.expect(20);
    Progress last = advance.begin("last", 2);
    last.advanced("a ", "x ", 1, 10);
    last.advanced("a ", "x ", 10, 10);
    assertEquals(
        List.of(
            "a rung 1  timed 0/100", "a rung 1  timed 40/100", "a last x 42/60", "a last x 60/60"),
        told);
  }

  @Test
  void whatWasNotForeseenMakesTheTotalLarger() {
    List<Long> totals = new ArrayList<>();
    Advance advance = new Advance((_, _, _, total) -> totals.add(total), 5);
    advance.begin("rung 1", 2).advanced("a", "x", 0, 10);
    advance.end();
    advance.begin("rung 2", 2).advanced("a", "x", 0, 10);
    assertEquals(List.of(20L, 40L), totals);
  }
}
