package hak.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FairShareTest {
  @Test
  void whoAsksForLittleIsServedWhole() {
    assertArrayEquals(new long[] {10, 45, 45}, FairShare.of(100, new long[] {10, 50, 500}));
  }

  @Test
  void nobodyGetsMoreThanItAsksFor() {
    assertArrayEquals(new long[] {1, 0, 2}, FairShare.of(100, new long[] {1, -5, 2}));
    assertArrayEquals(new long[0], FairShare.of(100, new long[0]));
  }

  @Property(tries = 300)
  void theBudgetIsSpentAndNotExceeded(
      @ForAll @LongRange(min = 0, max = 1L << 50) long budget,
      @ForAll @Size(min = 1, max = 30) List<@LongRange(min = -10, max = 1L << 50) Long> asks) {
    long[] demands = asks.stream().mapToLong(Long::longValue).toArray();
    long[] shares = FairShare.of(budget, demands);
    long asked = Arrays.stream(demands).map(demand -> Math.max(0, demand)).sum();
    assertEquals(Math.min(budget, asked), Arrays.stream(shares).sum());
    long level = Arrays.stream(shares).max().orElseThrow();
    for (int i = 0; i < shares.length; i++) {
      assertTrue(shares[i] >= 0 && shares[i] <= Math.max(0, demands[i]));
      assertTrue(
          shares[i] >= Math.min(demands[i], level) - 1, "below the level without having asked so");
    }
  }

  @Test
  void refusesABudgetBelowZero() {
    assertThrows(IllegalArgumentException.class, () -> FairShare.of(-1, new long[] {1}));
  }
}
