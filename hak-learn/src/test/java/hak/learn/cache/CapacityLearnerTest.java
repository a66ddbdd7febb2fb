package hak.learn.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.learn.LifeCycle.Rules;
import hak.learn.LifeCycle.State;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Time is simulated: a window is a number of calls. */
class CapacityLearnerTest {
  private static final int[] BLOCK_BYTES = {0, 16};

  /** A cache saves half of a call where it hits, and costs a quarter of one where it does not. */
  private static final CacheCosts COSTS = new CacheCosts(0.5, 1.25, 0.5, 1.25);

  private static final int NONE = 0;
  private static final int SHORT = 1;
  private static final int LONG = 2;

  private CacheShadow shadow = newShadow();

  private static CacheShadow newShadow() {
    return new CacheShadow(BLOCK_BYTES, 1 << 20, 0, 8, 64);
  }

  private CapacityLearner learner(int first) {
    return new CapacityLearner(shadow, COSTS, first, Rules.USUAL);
  }

  /** A window of waves of so many blocks. */
  private void window(CapacityLearner learner, int blocks) {
    for (int left = 1000; left > 0; left -= blocks) {
      for (int i = 0; i < blocks; i++) {
        shadow.allocate(0, 1);
      }
      for (int i = 0; i < blocks; i++) {
        shadow.free(0, 1);
      }
    }
    learner.endWindow();
  }

  private CapacityLearner learned(int first, int blocks) {
    CapacityLearner learner = learner(first);
    for (int i = 0; i < 30; i++) {
      window(learner, blocks);
    }
    assertEquals(State.FROZEN, learner.state());
    return learner;
  }

  @Test
  void longWavesNeedNoCache() {
    CapacityLearner learner = learned(SHORT, 1000);
    assertEquals(NONE, learner.inForce());
    assertEquals(30, learner.won(NONE));
    assertEquals(1, learner.costPerCall(NONE), 1e-9);
    assertTrue(learner.decisions().getLast().reason().startsWith("kept: cost 0.8"));
  }

  @Test
  void shortOnesNeedAShortOne() {
    assertEquals(SHORT, learned(NONE, 8).inForce());
  }

  @Test
  void middleOnesNeedALongOne() {
    assertEquals(LONG, learned(NONE, 60).inForce());
  }

  @Test
  void whatIsAsGoodStays() {
    assertEquals(LONG, learned(LONG, 8).inForce());
  }

  @Test
  void windowsWithoutACallDecideNothing() {
    CapacityLearner learner = learner(LONG);
    for (int i = 0; i < 100; i++) {
      learner.endWindow();
    }
    assertEquals(LONG, learner.inForce());
    assertEquals(0, learner.windows());
    assertTrue(Double.isNaN(learner.costPerCall(NONE)));
  }

  @Test
  void whatWasCountedBeforeIsProposedAtOnce() {
    CapacityLearner learner = learner(NONE);
    for (int i = 0; i < 30; i++) {
      for (int wave = 0; wave < 100; wave++) {
        for (int block = 0; block < 8; block++) {
          shadow.allocate(0, 1);
        }
        for (int block = 0; block < 8; block++) {
          shadow.free(0, 1);
        }
      }
      learner.count();
    }
    assertEquals(NONE, learner.inForce());
    assertEquals(1, learner.decisions().size(), "nothing is decided");
    window(learner, 1000);
    window(learner, 1000);
    window(learner, 1000);
    assertEquals(State.CANARY, learner.state(), "a cache, though these windows need none");
    assertEquals(NONE, learner.incumbent());
    window(learner, 1000);
    assertEquals(NONE, learner.inForce(), "rolled back");
  }

  @Test
  void whatIsFrozenIsLookedAtAgainWhenTheProgramChanges() {
    CapacityLearner learner = learned(NONE, 8);
    for (int i = 0; i < 200; i++) {
      window(learner, 1000);
    }
    assertEquals(NONE, learner.inForce(), learner.decisions().toString());
  }

  /** A program that flips each window: it settles, and moves rarely from there on. */
  @Test
  void aProgramThatFlipsIsNotFollowed() {
    CapacityLearner learner = learner(SHORT);
    int moves = 0;
    int inForce = SHORT;
    for (int i = 0; i < 2000; i++) {
      window(learner, i % 2 == 0 ? 8 : 1000);
      moves += learner.inForce() == inForce ? 0 : 1;
      inForce = learner.inForce();
    }
    assertTrue(moves < 40, moves + " moves in 2,000 windows");
  }

  /** Whatever the program does, what is in force at last is no dearer than what was at first. */
  @Property(tries = 50)
  void isNeverWorseThanWhereItBegan(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    shadow = newShadow();
    int first = random.nextInt(3);
    int blocks = 1 + random.nextInt(200);
    CapacityLearner learner = learner(first);
    for (int i = 0; i < 40; i++) {
      window(learner, blocks);
    }
    double most = learner.costPerCall(first) * 1.001;
    assertTrue(learner.costPerCall(learner.inForce()) <= most, "waves of " + blocks);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> learner(3));
    assertThrows(IllegalArgumentException.class, () -> learner(-1));
    assertThrows(IllegalArgumentException.class, () -> new CacheCosts(1, 1, 1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new CacheCosts(1, 1, 0, 1));
  }
}
