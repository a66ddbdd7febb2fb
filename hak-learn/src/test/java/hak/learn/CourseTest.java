package hak.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.learn.LifeCycle.Decision;
import hak.learn.LifeCycle.Rules;
import hak.learn.LifeCycle.State;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What becomes of a {@link LifeCycle} has a name. Time is simulated: a window is a call. */
class CourseTest {
  private static final long LONGEST = Rules.USUAL.longestCooldown();

  private final LifeCycle<String> life = new LifeCycle<>("old", Rules.USUAL);

  private void windows(int count, double cost, String proposed) {
    for (int i = 0; i < count; i++) {
      life.window(cost, proposed);
    }
  }

  private boolean came(Course course) {
    return life.decisions().stream().anyMatch(step -> step.course() == course);
  }

  @Property(tries = 200)
  void constantCostsConverge(
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double cost,
      @ForAll @DoubleRange(min = 0.2, max = 1.09) double ofNew) {
    LifeCycle<String> steady = new LifeCycle<>("old", Rules.USUAL);
    String inForce = "old";
    assertEquals(Course.UNDECIDED, steady.course());
    for (int i = 0; i < 1000; i++) {
      inForce = steady.window(inForce.equals("old") ? cost : cost * ofNew, "new");
    }
    assertEquals(Course.CONVERGED, steady.course());
    assertEquals(3, steady.decisions().size(), "begins, a trial, and no more");
  }

  @Property(tries = 200)
  void whatFlipsEachWindowOscillatesAndChangesNothing(
      @ForAll @IntRange(min = 0, max = 1) int phase, @ForAll @IntRange(min = 12) int count) {
    LifeCycle<String> flips = new LifeCycle<>("old", Rules.USUAL);
    for (int i = 0; i < Math.min(count, 250); i++) {
      assertEquals("old", flips.window(10, (i + phase) % 2 == 0 ? "new" : "old"));
    }
    assertEquals(Course.OSCILLATES, flips.course());
    assertEquals(State.FROZEN, flips.state());
  }

  /** Whatever has been in force for so long becomes the dearer one, so each is kept in turn. */
  @Property(tries = 200)
  void whatIsKeptInTurnOscillatesAndIsStopped(
      @ForAll @IntRange(min = 12, max = 40) int lasts, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LifeCycle<Integer> turns = new LifeCycle<>(0, Rules.USUAL);
    int inForce = 0;
    int since = 0;
    long stoppedAt = -1;
    for (int i = 0; i < 3000; i++) {
      boolean dear = i - since > lasts;
      double cost = (dear ? 20 : 10) * random.nextDouble(0.99, 1.01);
      int next = turns.window(cost, dear ? 1 - inForce : inForce);
      since = next == inForce ? since : i;
      Decision<Integer> last = turns.decisions().getLast();
      if (last.course() == Course.OSCILLATES) {
        stoppedAt = last.window();
      }
      boolean isQuiet = stoppedAt >= 0 && i - stoppedAt < LONGEST;
      assertTrue(!isQuiet || next == inForce, "changed in window " + i + ", " + last);
      inForce = next;
    }
    assertTrue(stoppedAt >= 0, () -> turns.decisions().toString());
  }

  /** Grows whatever is in force, so that no value is to blame. */
  @Property(tries = 200)
  void costsThatGrowDivergeAndAreRolledBack(
      @ForAll @DoubleRange(min = 1.02, max = 1.5) double growth, @ForAll boolean proposesAnother) {
    LifeCycle<String> grows = new LifeCycle<>("old", Rules.USUAL);
    double cost = 10;
    int count = 0;
    while (grows.course() != Course.DIVERGES) {
      grows.window(cost, proposesAnother ? "new" : "old");
      cost *= growth;
      assertTrue(++count < 500, () -> grows.decisions().toString());
    }
    assertEquals("old", grows.inForce());
    assertEquals(State.FROZEN, grows.state());
  }

  @Test
  void whatWasKeptAndThenCostsEverMoreGivesWayToTheFirst() {
    windows(3, 10, "new");
    windows(4, 9, "new");
    assertEquals("new", life.inForce());
    double cost = 9;
    while (!came(Course.DIVERGES)) {
      life.window(cost *= 1.05, "new");
    }
    assertEquals("old", life.inForce());
    Decision<String> last = life.decisions().getLast();
    assertTrue(
        last.reason().startsWith("rolled back to the first: cost has grown 3"), last.reason());
    for (int i = 0; i < LONGEST - 1; i++) {
      life.window(i % 40 < 20 ? cost : 2 * cost, "new");
      assertEquals("old", life.inForce(), "stopped for as long");
    }
  }

  @Test
  void aTrialThatHarmsDiverges() {
    windows(3, 10, "new");
    windows(1, 11.5, "new");
    assertEquals(Course.DIVERGES, life.course());
    assertEquals("old", life.inForce());
  }

  @Test
  void aChangeIsLearnedAnewAndConverges() {
    windows(10, 10, "old");
    assertEquals(Course.CONVERGED, life.course());
    windows(1, 20, "old");
    assertEquals(Course.RELEARNS, life.course());
    windows(20, 20, "old");
    assertEquals(Course.CONVERGED, life.course());
    assertFalse(came(Course.OSCILLATES) || came(Course.DIVERGES));
  }

  @Test
  void whatCannotBeMeasuredIsUndecided() {
    windows(12, Double.NaN, "new");
    assertEquals(State.FROZEN, life.state());
    assertEquals(Course.UNDECIDED, life.course());
  }

  @Test
  void afterAQuietTimeItHasConverged() {
    windows(3, 10, "new");
    windows(1, 11.5, "new");
    windows((int) LONGEST - 1, 10, "old");
    assertEquals(Course.DIVERGES, life.course());
    windows(1, 10, "old");
    assertEquals(Course.CONVERGED, life.course());
  }

  @Test
  void aCooldownThatRestsIsReadyAfterTheLongestWait() {
    Cooldown cooldown = new Cooldown(2, 16);
    cooldown.use(0);
    cooldown.rest(1);
    assertFalse(cooldown.isReady(16));
    assertTrue(cooldown.isReady(17));
    assertEquals(16, cooldown.nextWait());
    assertEquals(List.of(State.LEARN), life.decisions().stream().map(Decision::to).toList());
  }
}
