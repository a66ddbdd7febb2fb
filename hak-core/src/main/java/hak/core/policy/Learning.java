package hak.core.policy;

import hak.core.Policy;
import hak.core.close.OpenState;
import hak.core.memory.MemoryLimit;
import hak.core.slow.Housekeeper;
import hak.core.spi.Learner;
import hak.core.spi.LearningWindow;
import java.lang.foreign.Arena;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The windows of one learner. What it throws in one is counted and forgotten, and it sets and
 * advises nothing but what its provider says.
 */
public final class Learning implements Housekeeper.Chore {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /**
   * A learner and what it may do.
   *
   * @param name what the profile calls it
   * @param learner the box
   * @param turns the keys that it may set
   * @param advises the keys that it may advise
   */
  public record Subject(String name, Learner learner, Set<String> turns, Set<String> advises) {}

  private final Subject subject;
  private final Policies policies;
  private final OpenState state;
  private final MemoryLimit limit;
  private final Arena reachable;
  private final long periodNanos;
  private final AtomicLong windows = new AtomicLong();
  private final AtomicLong decisions = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong windowNanos = new AtomicLong();
  private volatile String lastFailure = "";
  private long lastNanos = System.nanoTime();

  /**
   * Whether there are windows although the stack holds little. Once the stack is open, the
   * housekeeper's thread alone.
   */
  private boolean goesOn;

  /**
   * Of a stack that is about to be opened.
   *
   * @param limit says how much the stack holds
   * @param reachable keeps the stack's addresses while it is in reach
   * @throws IllegalStateException if its window is none
   */
  public Learning(
      Subject subject, Policies policies, OpenState state, MemoryLimit limit, Arena reachable) {
    this.subject = subject;
    this.policies = policies;
    this.state = state;
    this.limit = limit;
    this.reachable = reachable;
    long millis = subject.learner().windowMillis();
    if (millis < 1) {
      throw new IllegalStateException(
          "the window of learner '" + subject.name() + "' has " + millis + " ms, not 1 or more");
    }
    periodNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    goesOn = subject.learner().needsWindows();
  }

  @Override
  public boolean isOpen() {
    return state.isOpen();
  }

  @Override
  public boolean isWorthALook() {
    return goesOn || limit.heldBytes() > Housekeeper.LITTLE_BYTES;
  }

  @Override
  public long periodNanos() {
    return periodNanos;
  }

  @Override
  public void look() {
    long now = System.nanoTime();
    double seconds = Math.max(1, now - lastNanos) / NANOS_PER_SECOND;
    lastNanos = now;
    if (!state.isOpen()) {
      return;
    }
    windows.incrementAndGet();
    try {
      subject.learner().window(new Window(seconds));
      goesOn = subject.learner().needsWindows();
    } catch (Throwable e) {
      failures.incrementAndGet();
      lastFailure = e.getClass().getName();
    } finally {
      windowNanos.addAndGet(System.nanoTime() - now);
      Reference.reachabilityFence(reachable); // closed meanwhile: unmapped after
    }
  }

  /** The keys that it may advise, ascending. */
  List<String> advises() {
    return subject.advises().stream().sorted().toList();
  }

  /** What it did so far. Any thread. */
  Policy.Learner view() {
    return new Policy.Learner(
        subject.name(),
        subject.turns().stream().sorted().toList(),
        advises(),
        TimeUnit.NANOSECONDS.toMillis(periodNanos),
        windows.get(),
        decisions.get(),
        failures.get(),
        lastFailure,
        windowNanos.get());
  }

  /** What the learner may do in one window. */
  private final class Window implements LearningWindow {
    private final double seconds;

    Window(double seconds) {
      this.seconds = seconds;
    }

    @Override
    public double seconds() {
      return seconds;
    }

    @Override
    public long value(String key) {
      requireTurned(key);
      return policies.value(key);
    }

    @Override
    public void set(String key, long value, String reason) {
      requireTurned(key);
      if (policies.decide(subject.name(), key, value, reason)) {
        decisions.incrementAndGet();
      }
    }

    @Override
    public void advise(String key, Map<String, Object> values, String reason) {
      requireSaid("advise", subject.advises(), key);
      if (policies.advise(subject.name(), key, values, reason)) {
        decisions.incrementAndGet();
      }
    }

    private void requireTurned(String key) {
      requireSaid("turn", subject.turns(), key);
    }

    private void requireSaid(String verb, Set<String> keys, String key) {
      if (!keys.contains(key)) {
        throw new IllegalArgumentException(
            "learner '"
                + subject.name()
                + "' does not "
                + verb
                + " '"
                + key
                + "'; its provider says "
                + keys.stream().sorted().toList());
      }
    }
  }
}
