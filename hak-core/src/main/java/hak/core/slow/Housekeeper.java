package hak.core.slow;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One daemon thread for all stacks of the JVM that want memory back by itself (option {@code
 * stack.purge-delay}). It is there while there is such a stack: stacks are known weakly, and the
 * thread ends when none is left.
 *
 * <h2>When it looks</h2>
 *
 * At a stack that holds much, every half delay. At one that holds little, when it has grown: {@link
 * #wake} is called then. Otherwise it sleeps, and once a minute sees whether stacks are gone.
 *
 * <h2>What it may not do</h2>
 *
 * Fail: what a look throws is forgotten, and the stack is looked at again when it is due. Hold a
 * lock while it looks: opening another stack does not wait for it.
 */
public final class Housekeeper {
  private static final long SLEEP_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Guards the list and the thread. */
  private static final Object ALL = new Object();

  private static final List<Watched> STACKS = new ArrayList<>();
  private static Thread running;

  /** Whom to wake. */
  private static volatile Thread sleeper;

  private Housekeeper() {}

  /** A stack and when it is to be looked at. The housekeeper's thread alone changes the time. */
  private static final class Watched {
    final WeakReference<Decay> stack;
    final long periodNanos;
    long due;

    Watched(Decay stack, long periodNanos) {
      this.stack = new WeakReference<>(stack);
      this.periodNanos = periodNanos;
      due = System.nanoTime() + periodNanos;
    }
  }

  /**
   * From now on looks after a stack, until it is closed or unreachable.
   *
   * @param delayMillis how long memory is free before it is given back; positive
   */
  public static void watch(Decay stack, long delayMillis) {
    Watched watched =
        new Watched(stack, Math.max(1, TimeUnit.MILLISECONDS.toNanos(delayMillis) / 2));
    synchronized (ALL) {
      if (running == null) {
        Thread thread =
            Thread.ofPlatform()
                .daemon()
                .name("hak-housekeeper")
                .inheritInheritableThreadLocals(false)
                .unstarted(Housekeeper::run);
        thread.setContextClassLoader(null);
        thread.start();
        running = thread;
        sleeper = thread;
      }
      STACKS.add(watched);
    }
    wake();
  }

  /** A stack has grown. Any thread may call, with locks held: it takes none and no Java heap. */
  public static void wake() {
    LockSupport.unpark(sleeper);
  }

  private static void run() {
    while (true) {
      long now = System.nanoTime();
      Watched[] stacks = stacksOrEnd();
      if (stacks == null) {
        return;
      }
      long wait = SLEEP_NANOS;
      for (Watched watched : stacks) {
        wait = Math.min(wait, lookIfDue(watched, now));
      }
      stacks = null; // nothing here keeps a stack while the thread sleeps
      LockSupport.parkNanos(ALL, Math.max(1, wait));
    }
  }

  /** Those that there are; null when there is none, and then the thread is no longer ours. */
  private static Watched[] stacksOrEnd() {
    synchronized (ALL) {
      STACKS.removeIf(watched -> isGone(watched.stack.get()));
      if (STACKS.isEmpty()) {
        running = null;
        sleeper = null;
        return null;
      }
      return STACKS.toArray(new Watched[0]);
    }
  }

  private static boolean isGone(Decay stack) {
    return stack == null || !stack.isOpen();
  }

  /** Looks at a stack if it is time; how long until the next. */
  private static long lookIfDue(Watched watched, long now) {
    Decay stack = watched.stack.get();
    if (isGone(stack) || !stack.isWorthALook()) {
      return SLEEP_NANOS;
    }
    if (now - watched.due < 0) {
      return watched.due - now;
    }
    try {
      stack.look();
    } catch (Throwable ignored) {
      // A box that throws, no Java heap: the stack is as it was, and the others have their turn.
    }
    watched.due = System.nanoTime() + watched.periodNanos;
    return watched.periodNanos;
  }
}
