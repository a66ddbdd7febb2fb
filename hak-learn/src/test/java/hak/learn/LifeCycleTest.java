package hak.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.learn.LifeCycle.Decision;
import hak.learn.LifeCycle.Rules;
import hak.learn.LifeCycle.State;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Time is simulated: a window is a call. */
class LifeCycleTest {
  private final LifeCycle<String> life = new LifeCycle<>("old", Rules.USUAL);

  private void windows(int count, double cost, String proposed) {
    for (int i = 0; i < count; i++) {
      life.window(cost, proposed);
    }
  }

  private String lastReason() {
    return life.decisions().getLast().reason();
  }

  private List<State> states() {
    return life.decisions().stream().map(Decision::to).toList();
  }

  @Test
  void whatGainsIsTriedAndKept() {
    windows(3, 10, "new");
    assertEquals(State.CANARY, life.state());
    assertEquals("new", life.inForce());
    windows(4, 9, "new");
    assertEquals(State.FROZEN, life.state());
    assertEquals("new", life.inForce());
    assertEquals("kept: cost 9.000 where it had been 10.00", lastReason());
    assertEquals(List.of(State.LEARN, State.CANARY, State.FROZEN), states());
  }

  @Test
  void whatGainsNothingIsRolledBack() {
    windows(3, 10, "new");
    windows(4, 9.95, "new");
    assertEquals(State.FROZEN, life.state());
    assertEquals("old", life.inForce());
    assertEquals("rolled back: no gain: cost 9.950 where it had been 10.00", lastReason());
  }

  @Test
  void whatHarmsIsRolledBackAfterOneWindow() {
    windows(3, 10, "new");
    windows(1, 11.5, "new");
    assertEquals("old", life.inForce());
    assertEquals(State.FROZEN, life.state());
  }

  @Test
  void aTrialThatIsNotMeasuredIsRolledBack() {
    windows(3, 10, "new");
    windows(4, Double.NaN, "new");
    assertEquals("old", life.inForce());
    assertEquals("rolled back: only 0 windows were measured", lastReason());
  }

  @Test
  void whatIsInForceAndProposedStays() {
    windows(3, 10, "old");
    assertEquals(State.FROZEN, life.state());
    assertEquals("what is in force was proposed for 3 windows", lastReason());
  }

  @Test
  void aLearnerThatFlipsEachWindowChangesNothing() {
    for (int i = 0; i < 1000; i++) {
      assertEquals("old", life.window(10, i % 2 == 0 ? "new" : "old"));
    }
    assertEquals(State.FROZEN, life.state());
    assertEquals("no proposal lasted 3 of 12 windows", life.decisions().get(1).reason());
  }

  @Test
  void nothingIsTriedWithoutACostToHoldItAgainst() {
    windows(11, Double.NaN, "new");
    assertEquals(State.LEARN, life.state());
    windows(1, 0, "new");
    assertEquals(State.FROZEN, life.state());
    assertEquals("old", life.inForce());
  }

  @Test
  void aChangeOfCostBeginsAnew() {
    windows(3, 10, "old");
    windows(20, 10, "new");
    assertEquals(State.FROZEN, life.state(), "frozen, whatever is proposed");
    windows(5, 20, "new");
    assertEquals(State.LEARN, states().get(2), lastReason());
  }

  @Test
  void costsThatChangeForEverAreFollowedEverMoreRarely() {
    for (int i = 0; i < 4000; i++) {
      life.window(i / 20 % 2 == 0 ? 10 : 20, "old");
    }
    long returns = states().stream().filter(state -> state == State.LEARN).count();
    assertTrue(returns > 3 && returns < 30, returns + " times");
  }

  /** The promise: whatever comes in, only what was proposed or was there is in force. */
  @Property(tries = 200)
  void noiseLeavesItWithAKnownValue(@ForAll long seed, @ForAll List<Double> costs) {
    SplittableRandom random = new SplittableRandom(seed);
    LifeCycle<Integer> numbers = new LifeCycle<>(-1, Rules.USUAL);
    List<Double> all =
        Stream.concat(costs.stream(), Stream.generate(() -> random.nextDouble(0.5, 1.5)).limit(300))
            .toList();
    int changes = 0;
    int inForce = -1;
    for (double cost : all) {
      int next = numbers.window(random.nextInt(10) == 0 ? Double.NaN : cost, random.nextInt(2));
      assertTrue(next >= -1 && next < 2);
      changes += next == inForce ? 0 : 1;
      inForce = next;
    }
    assertTrue(changes <= all.size() / 8 + 4, changes + " changes in " + all.size());
  }

  /** The cost of a value is known here; what it ends with is never the dearer one. */
  @Property(tries = 200)
  void neverEndsWithWhatCostsMore(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double costOfNew = random.nextDouble(5, 15);
    String inForce = "old";
    LifeCycle<String> trial = new LifeCycle<>(inForce, Rules.USUAL);
    for (int i = 0; i < 30; i++) {
      inForce = trial.window(inForce.equals("old") ? 10 : costOfNew, "new");
    }
    assertEquals(State.FROZEN, trial.state());
    assertEquals(costOfNew <= 9.9 ? "new" : "old", inForce, "cost of new " + costOfNew);
  }

  @Test
  void theLogIsBounded() {
    for (int i = 0; i < 1_000_000; i++) {
      life.window(i / 20 % 2 == 0 ? 10 : 100, i / 40 % 2 == 0 ? "old" : "new");
    }
    assertTrue(life.decisions().size() <= 256);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new Rules(0, 1, 1, 0, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Rules(2, 1, 1, 0, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Rules(1, 1, 0, 0, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Rules(1, 1, 1, Double.NaN, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Rules(1, 1, 1, 0, Double.NaN, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Rules(1, 1, 1, 0, 1, 2, 1));
  }
}
