package hak.bench.shadow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Workload;
import hak.bench.measure.HitRates;
import hak.bench.replay.Crew;
import hak.bench.shadow.WhatIfReport.ClassRow;
import hak.bench.shadow.WhatIfReport.Row;
import hak.bench.trace.ParallelProgram;
import hak.core.Hak;
import hak.core.LayerCount;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhatIfTest {
  private static final Profile DEFAULT = Hak.profile("default");
  private static final Workload JAVAC = Workload.shipped("jvm-javac", 1);

  /** What a cache took in one replay, as its observer counted. */
  private static LayerCount counted(Profile profile) {
    ParallelProgram program = JAVAC.program();
    try (Crew crew = new Crew(1)) {
      return HitRates.measure(profile, program, crew).getFirst();
    }
  }

  /**
   * What is simulated is what the real cache does; but for blocks that the tier of middle sizes
   * puts into it in batches, which take room there.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 32, 1024})
  void takesWhatTheRealCacheTakes(long capacity) {
    Profile profile = DEFAULT.withSetting("tls-sll", "capacity", capacity);
    WhatIfReport report = WhatIf.ask(profile, JAVAC, 1 << 20);
    Row row =
        report.capacities().stream()
            .filter(each -> each.capacity() == capacity)
            .findFirst()
            .orElseThrow();
    LayerCount real = counted(profile);
    assertEquals(real.pushes(), report.frees());
    assertEquals(
        (double) real.accepted(), row.takenRate() * report.frees(), real.pushes() / 1000.0);
  }

  @Test
  void aLongerCacheHitsNoLessAndHoldsNoLess() {
    WhatIfReport report = WhatIf.ask(DEFAULT, JAVAC, 1 << 20);
    assertEquals(0, report.capacities().getFirst().capacity());
    assertEquals(0, report.capacities().getFirst().hitRate());
    for (int i = 1; i < report.capacities().size(); i++) {
      Row shorter = report.capacities().get(i - 1);
      Row longer = report.capacities().get(i);
      assertTrue(longer.hitRate() >= shorter.hitRate(), longer.toString());
      assertTrue(longer.heldBytes() >= shorter.heldBytes(), longer.toString());
    }
  }

  @Test
  void thePlanKeepsTheBudgetAndHitsAsOneCapacityForAllDoes() {
    WhatIfReport report = WhatIf.ask(DEFAULT, JAVAC, 64 << 10);
    assertTrue(report.planHeldBytes() <= 64 << 10);
    double best =
        report.capacities().stream()
            .filter(row -> row.capacity() == report.bestCapacity())
            .mapToDouble(Row::hitRate)
            .findFirst()
            .orElseThrow();
    assertTrue(report.planHitRate() >= best * 0.97, report.planHitRate() + " and " + best);
  }

  /** The profile that is written does what was foretold. */
  @Test
  void theRecommendedProfileTakesWhatWasPlanned() {
    WhatIfReport report = WhatIf.ask(DEFAULT, JAVAC, 64 << 10);
    Profile profile = WhatIf.profileOf(DEFAULT, report);
    assertEquals(List.of(), Hak.check(profile));
    long planned = 0;
    for (ClassRow row : report.plan()) {
      planned += Math.round(row.hitRate() * row.allocations());
    }
    LayerCount real = counted(profile);
    long left = real.accepted() - planned; // taken and still held at the end
    assertTrue(left >= 0 && left < 10_000, real + ", planned " + planned);
    assertTrue(real.accepted() < counted(DEFAULT).accepted() * 1.5);
  }

  @Test
  void withoutABudgetThereIsNoCache() {
    WhatIfReport report = WhatIf.ask(DEFAULT, JAVAC, 0);
    assertEquals(0, report.bestCapacity());
    assertEquals(0, report.planHeldBytes());
    assertFalse(WhatIf.profileOf(DEFAULT, report).has("tls-sll"));
  }

  @Test
  void aProfileWithoutACacheGetsOne() {
    Profile bare = Hak.profile("bare");
    WhatIfReport report = WhatIf.ask(bare, JAVAC, 1 << 20);
    assertEquals(0, report.capacity());
    Profile profile = WhatIf.profileOf(bare, report);
    assertEquals(List.of("tls-sll"), profile.boxes(Section.CACHES));
    assertEquals(List.of(), Hak.check(profile));
  }

  @Test
  void aBudgetBelowZeroIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> WhatIf.ask(DEFAULT, JAVAC, -1));
  }
}
