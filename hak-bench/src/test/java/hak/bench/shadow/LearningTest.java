package hak.bench.shadow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Workload;
import hak.bench.shadow.LearnReport.Arm;
import hak.core.Hak;
import hak.core.profile.Profile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningTest {
  private static final Profile DEFAULT = Hak.profile("default");
  private static final Profile BARE = Hak.profile("bare");

  private static LearnReport learn(Profile profile, String trace) {
    return Learning.learn(profile, Workload.shipped(trace, 1), Learning.USUAL_WINDOWS);
  }

  /** What was measured to be faster: docs/DECISIONS.md, "A cache or none". */
  @ParameterizedTest
  @CsvSource({
    "cc1plus, true",
    "lua, false",
    "python, true",
    "sqlite, true",
    "node, false",
    "jvm-javac, true"
  })
  void choosesWhatIsFaster(String trace, boolean cache) {
    for (Profile profile : List.of(DEFAULT, BARE)) {
      LearnReport report = learn(profile, trace);
      assertEquals(cache, report.chosen() > 0, profile.name() + ": " + report.steps());
      assertEquals("FROZEN", report.steps().getLast().state());
      Profile learned = Learning.profileOf(profile, report);
      assertEquals(cache, learned.has("tls-sll"));
      assertEquals(List.of(), Hak.check(learned));
    }
  }

  @Test
  void whatIsGoodIsLeftAlone() {
    LearnReport report = learn(DEFAULT, "jvm-javac");
    assertEquals(32, report.first());
    Arm chosen = report.arm(report.chosen());
    for (Arm arm : report.arms()) {
      assertTrue(arm.cost() >= chosen.cost() * 0.99, arm + ", " + chosen);
    }
    assertFalse(report.steps().isEmpty());
  }

  @Test
  void windowsAreAsManyAsWereAskedFor() {
    LearnReport report = Learning.learn(DEFAULT, Workload.synthetic("fixed-64"), 7);
    assertTrue(report.windows() == 7 || report.windows() == 8, "windows " + report.windows());
    assertThrows(
        IllegalArgumentException.class,
        () -> Learning.learn(DEFAULT, Workload.synthetic("fixed-64"), 0));
  }
}
