package hak.bench.stress.watch;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class WatchdogTest {
  @Test
  void aPulseThatStopsIsNoticedAndNoOther() {
    Watchdog watchdog = new Watchdog(0); // no beat since the last look is too long
    Pulse alive = watchdog.watch(null);
    Pulse dead = watchdog.watch(null);
    assertNull(watchdog.hanging(), "nothing is known of them yet");
    alive.beat();
    assertSame(dead, watchdog.hanging());
    watchdog.unwatch(dead);
    alive.beat();
    assertNull(watchdog.hanging());
    assertSame(alive, watchdog.hanging());
  }

  @Test
  void withPatienceAShortStandstillIsNone() {
    Watchdog watchdog = new Watchdog(Long.MAX_VALUE);
    watchdog.watch(null);
    assertNull(watchdog.hanging());
    assertNull(watchdog.hanging());
  }
}
