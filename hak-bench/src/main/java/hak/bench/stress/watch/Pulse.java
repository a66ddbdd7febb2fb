package hak.bench.stress.watch;

import hak.bench.stress.plan.RoundPlan;
import java.util.concurrent.atomic.AtomicLong;

/** Tells {@link Watchdog} that a thread goes on. One thread beats, one watches. */
public final class Pulse {
  private final Thread thread = Thread.currentThread();
  private final AtomicLong beats = new AtomicLong();
  private volatile RoundPlan round;

  /** What the watching thread saw last, and when. */
  private long seenBeats = -1;

  private long seenNanos;

  Pulse(RoundPlan round) {
    this.round = round;
  }

  /** The watched thread. */
  public Thread thread() {
    return thread;
  }

  /** Called by the watched thread whenever it has done something. */
  public void beat() {
    beats.lazySet(beats.getPlain() + 1); // no fence: it must not order what is under stress
  }

  /** The watched thread works for another round from now on. */
  public void enter(RoundPlan next) {
    round = next;
    beat();
  }

  /** The round that the thread works for. */
  public RoundPlan round() {
    return round;
  }

  /** Called by the watching thread: for how long it has seen no beat. */
  long standstillNanos(long now) {
    long current = beats.get();
    if (current != seenBeats) {
      seenBeats = current;
      seenNanos = now;
    }
    return now - seenNanos;
  }
}
