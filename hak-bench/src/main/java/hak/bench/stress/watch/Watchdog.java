package hak.bench.stress.watch;

import hak.bench.stress.plan.RoundPlan;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The threads that use a stack at the moment, each with the pulse that must not stop. */
public final class Watchdog {
  private final Set<Pulse> pulses = ConcurrentHashMap.newKeySet();
  private final long patienceNanos;

  public Watchdog(long patienceNanos) {
    this.patienceNanos = patienceNanos;
  }

  /** The running thread works for a round and is watched from now on. */
  public Pulse watch(RoundPlan round) {
    Pulse pulse = new Pulse(round);
    pulses.add(pulse);
    return pulse;
  }

  /** The thread has done with the stack. */
  public void unwatch(Pulse pulse) {
    pulses.remove(pulse);
  }

  /** Whose thread stands still for longest, if that is too long; else null. One thread calls. */
  public Pulse hanging() {
    long now = System.nanoTime();
    long longest = patienceNanos;
    Pulse hanging = null;
    for (Pulse pulse : pulses) {
      long standstill = pulse.standstillNanos(now);
      if (standstill > longest) {
        longest = standstill;
        hanging = pulse;
      }
    }
    return hanging;
  }
}
