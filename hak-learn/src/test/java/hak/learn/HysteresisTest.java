package hak.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HysteresisTest {
  @Test
  void switchesAboveTheOneBoundAndBelowTheOther() {
    Hysteresis cache = new Hysteresis(0.3, 0.5, true);
    assertTrue(cache.add(0.3));
    assertFalse(cache.add(0.29));
    assertFalse(cache.add(0.5));
    assertFalse(cache.add(Double.NaN));
    assertTrue(cache.add(0.51));
    assertTrue(cache.add(Double.NaN));
    assertTrue(cache.isOn());
  }

  /** Noise no wider than the band switches once at most. */
  @Property(tries = 100)
  void noiseWithinTheBandDoesNotSwitchToAndFro(@ForAll long seed, @ForAll boolean on) {
    SplittableRandom random = new SplittableRandom(seed);
    double centre = random.nextDouble();
    Hysteresis cache = new Hysteresis(0.4, 0.6, on);
    int switches = 0;
    for (int i = 0; i < 500; i++) {
      boolean before = cache.isOn();
      switches += cache.add(centre + random.nextDouble(-0.1, 0.1)) == before ? 0 : 1;
    }
    assertTrue(switches <= 1, switches + " about " + centre);
  }

  @Test
  void eachWaitIsTwiceTheLastUpToABound() {
    Cooldown cooldown = new Cooldown(4, 16);
    long window = 0;
    for (long wait : new long[] {4, 8, 16, 16}) {
      assertTrue(cooldown.isReady(window));
      cooldown.use(window);
      assertFalse(cooldown.isReady(window + wait - 1));
      window += wait;
    }
    cooldown.use(window + 100);
    assertTrue(cooldown.isReady(window + 104), "a quiet time makes it short again");
  }

  /** Whatever asks, and however often. */
  @Property(tries = 100)
  void usesAreRare(
      @ForAll @IntRange(min = 1, max = 50) int shortest,
      @ForAll @LongRange(min = 50, max = 500) long longest) {
    Cooldown cooldown = new Cooldown(shortest, longest);
    int uses = 0;
    for (long window = 0; window < 5000; window++) {
      if (cooldown.isReady(window)) {
        cooldown.use(window);
        uses++;
      }
    }
    assertTrue(uses <= 5000 / longest + 10, uses + " uses");
    assertEquals(longest, cooldown.nextWait());
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new Hysteresis(1, 0, true));
    assertThrows(IllegalArgumentException.class, () -> new Hysteresis(Double.NaN, 0, true));
    assertThrows(IllegalArgumentException.class, () -> new Cooldown(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Cooldown(2, 1));
  }
}
