package hak.bench.stress;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The threads that use a stack at the moment, each with the pulse that must not stop. */
final class Watchdog {
  private final Set<Pulse> pulses = ConcurrentHashMap.newKeySet();
  private final long patienceNanos;

  Watchdog(long patienceNanos) {
    this.patienceNanos = patienceNanos;
  }

  /** The running thread is watched from now on. */
  Pulse watch() {
    Pulse pulse = new Pulse();
    pulses.add(pulse);
    return pulse;
  }

  /** The thread has done with the stack. */
  void unwatch(Pulse pulse) {
    pulses.remove(pulse);
  }

  /** The thread that stands still for longest, if that is too long; else null. One thread calls. */
  Thread hanging() {
    long now = System.nanoTime();
    long longest = patienceNanos;
    Thread hanging = null;
    for (Pulse pulse : pulses) {
      long standstill = pulse.standstillNanos(now);
      if (standstill > longest) {
        longest = standstill;
        hanging = pulse.thread;
      }
    }
    return hanging;
  }
}
