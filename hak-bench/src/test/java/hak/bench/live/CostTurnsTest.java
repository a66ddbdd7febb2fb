package hak.bench.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Progress;
import hak.bench.Workload;
import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class CostTurnsTest {
  /** 2,048 blocks of 4 to 32 KiB: more than 16 MiB. */
  private static final String LARGE = "phases:phases=1,first=4,steps=20000";

  /** What learners may cost, of one processor. */
  private static final double MOST_SHARE = 0.01;

  private static LearnerCost measure(
      Profile profile, int turns, long millis, BooleanSupplier stop) {
    return CostTurns.measure(
        new CostRequest(
            profile,
            Workload.synthetic(LARGE),
            turns,
            Duration.ofMillis(millis),
            Progress.NONE,
            stop));
  }

  /** Processor time, which a busy machine does not lengthen as it does time by the clock. */
  @Test
  void whatIsShippedCostsLessThanAHundredthOfAProcessor() {
    Profile profile = Hak.profile("default").with(Section.LEARNERS, List.of("purge-delay", "cap"));
    LearnerCost cost = measure(profile, 3, 2_500, () -> false);
    assertEquals(3, cost.turns());
    assertTrue(cost.windows() >= 6, cost.text());
    assertTrue(cost.windowShare() > 0, cost.text());
    assertTrue(cost.turnSeconds() >= 2.5, cost.text());
    double share = cost.housekeeperShare() - cost.plainHousekeeperShare();
    assertTrue(cost.housekeeperShare() > 0 && share < MOST_SHARE, cost.text());
  }

  /**
   * Not that the housekeeper takes more for it: what the learner decides may save it more than
   * that.
   */
  @Test
  void windowsThatComeOftenAreCountedAndTimed() {
    Profile often =
        Hak.profile("default")
            .with(Section.LEARNERS, List.of("purge-delay"))
            .withSetting("purge-delay", "window", 10L);
    LearnerCost cost = measure(often, 2, 500, () -> false);
    assertTrue(cost.windows() > 10, cost.text());
    assertTrue(cost.windowShare() > 0 && cost.windowShare() < 1, cost.text());
    assertTrue(cost.housekeeperShare() > 0, cost.text());
  }

  @Test
  void whatIsStoppedBeforeItBeginsSaysNothing() {
    Profile profile = Hak.profile("default").with(Section.LEARNERS, List.of("cap"));
    assertNull(measure(profile, 3, 1, () -> true));
  }

  @Test
  void aProfileWithoutLearnersIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> measure(Hak.profile("default"), 1, 1, () -> false));
  }
}
