package hak.store.process;

import hak.core.os.SharedWait;
import hak.store.file.Region;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A platform thread that sleeps on a word of the mapped file for all virtual threads of this
 * process that wait for it to change. The sleep is a system call, which holds a carrier: as many
 * virtual threads in it as there are carriers would keep the one from running that they wait for.
 * The thread begins with the first who waits and ends when nobody has waited for a second.
 *
 * <h2>Why nothing is lost</h2>
 *
 * Who waits enters the list with the value that it has seen, and parks. The relay reads the word
 * with the list locked, unparks whoever has seen another value, and sleeps while the word is what
 * it read. Who enters after that has seen this value, and is woken with the relay; or a later one,
 * and then the word has changed, so the relay does not sleep, or is woken by whoever changed it. A
 * waker that was killed before it woke is covered by the turns, as for platform threads.
 *
 * <h2>When the mapping goes</h2>
 *
 * Who waits holds the mapping, the relay does not. It touches it only while somebody is in the
 * list, with the list locked or {@code inside}; and the last to leave the list waits until it is
 * not inside.
 */
final class Relay {
  /** Longest sleep at a time: 100 ms. */
  private static final long TURN_NANOS = 100_000_000;

  private static final long IDLE_NANOS = 1_000_000_000;

  /** How long the last to leave waits until it wakes the relay again: 1 ms. */
  private static final long LEAVE_NANOS = 1_000_000;

  private final Region region;
  private final long at;
  private final ReentrantLock list = new ReentrantLock();
  private final Condition entered = list.newCondition();
  private final Condition outside = list.newCondition();
  private final Set<Sleeper> sleepers = new HashSet<>();
  private boolean running;
  private boolean inside;

  /** A parked thread and the value that it has seen; equal to itself alone. */
  private static final class Sleeper {
    final Thread thread = Thread.currentThread();
    final int expected;

    Sleeper(int expected) {
      this.expected = expected;
    }
  }

  Relay(Region region, long at) {
    this.region = region;
    this.at = at;
  }

  /** Parks this thread until the word is not {@code expected}, it is interrupted, or time is up. */
  void await(int expected, long nanos) {
    Sleeper sleeper = new Sleeper(expected);
    enter(sleeper);
    try {
      LockSupport.parkNanos(this, nanos);
    } finally {
      leave(sleeper);
    }
  }

  private void enter(Sleeper sleeper) {
    list.lock();
    try {
      sleepers.add(sleeper);
      if (running) {
        entered.signal();
      } else {
        Thread.ofPlatform().daemon().name("hak-store-relay").start(this::run);
        running = true;
      }
    } catch (OutOfMemoryError e) {
      return; // No thread to be had: this one looks again when its turn is over.
    } finally {
      list.unlock();
    }
  }

  private void leave(Sleeper sleeper) {
    list.lock();
    try {
      if (sleepers.remove(sleeper) && sleepers.isEmpty() && inside) {
        awaitOutside();
      }
    } finally {
      list.unlock();
    }
  }

  private void awaitOutside() {
    boolean interrupted = Thread.interrupted();
    while (sleepers.isEmpty() && inside) {
      // It may be on its way into the sleep, where this does not reach it.
      SharedWait.wakeAll(region.memory(), at);
      try {
        outside.await(LEAVE_NANOS, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    list.lock();
    try {
      while (awaitSleepers()) {
        int now = region.getIntVolatile(at);
        unparkUnlessSeen(now);
        if (!sleepers.isEmpty()) {
          sleep(now);
        }
      }
    } catch (InternalError | RuntimeException e) {
      return; // The file was truncated, say: who waits looks for itself, and is told.
    } finally {
      running = false;
      sleepers.forEach(sleeper -> LockSupport.unpark(sleeper.thread));
      list.unlock();
    }
  }

  /** False when nobody has come for long. */
  private boolean awaitSleepers() {
    long left = IDLE_NANOS;
    while (sleepers.isEmpty() && left > 0) {
      try {
        left = entered.awaitNanos(left);
      } catch (InterruptedException e) {
        return false; // Nobody interrupts it; the next to wait starts another.
      }
    }
    return !sleepers.isEmpty();
  }

  private void unparkUnlessSeen(int now) {
    for (Iterator<Sleeper> each = sleepers.iterator(); each.hasNext(); ) {
      Sleeper sleeper = each.next();
      if (sleeper.expected != now) {
        each.remove();
        LockSupport.unpark(sleeper.thread);
      }
    }
  }

  private void sleep(int now) {
    inside = true;
    list.unlock();
    try {
      SharedWait.await(region.memory(), at, now, TURN_NANOS);
    } finally {
      list.lock();
      inside = false;
      outside.signalAll();
    }
  }
}
