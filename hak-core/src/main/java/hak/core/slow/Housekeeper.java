package hak.core.slow;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One daemon thread for all stacks of the JVM that want memory back by itself (option {@code
 * stack.purge-delay}) or have learners. It is there while there is such a stack: what is to be done
 * for stacks is known weakly, and the thread ends when none is left.
 *
 * <h2>When it looks</h2>
 *
 * At a stack that holds much, once in a period of each of its chores: half a delay, a window. At
 * one that holds little, when it has grown: {@link #wake} is called then. Otherwise it sleeps, and
 * once a minute sees whether stacks are gone.
 *
 * <h2>What it may not do</h2>
 *
 * Fail: what a look throws is forgotten, and the stack is looked at again when it is due. Hold a
 * lock while it looks: opening another stack does not wait for it.
 */
public final class Housekeeper {
  private static final long SLEEP_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** What is to be done for a stack again and again, by the housekeeper's thread alone. */
  public interface Chore {
    /** Whether there is a stack to do it for. */
    boolean isOpen();

    /** Whether it is worth a look now; else it is when the stack has grown. */
    boolean isWorthALook();

    /** How long from the end of a look to the next, in nanoseconds, 1 or more. */
    long periodNanos();

    /** Does it once. */
    void look();
  }

  /** A stack that holds no more than this is left alone: there is nothing to gain. */
  public static final long LITTLE_BYTES = 16L << 20;

  /** Guards the list and the thread. */
  private static final Object ALL = new Object();

  private static final List<Watched> CHORES = new ArrayList<>();
  private static Thread running;

  /** Whom to wake. */
  private static volatile Thread sleeper;

  private Housekeeper() {}

  /** A chore and when it was done. The housekeeper's thread alone changes the time. */
  private static final class Watched {
    final WeakReference<Chore> chore;
    long doneNanos = System.nanoTime();

    Watched(Chore chore) {
      this.chore = new WeakReference<>(chore);
    }
  }

  /**
   * From now on does the chores of a stack, until it is closed or they are unreachable.
   *
   * @throws OutOfMemoryError if there is no room for the list or the thread; none is done then
   */
  public static void watch(List<? extends Chore> chores) {
    List<Watched> watched = chores.stream().map(Watched::new).toList();
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
      CHORES.addAll(watched);
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
      Watched[] chores = choresOrEnd();
      if (chores == null) {
        return;
      }
      long wait = SLEEP_NANOS;
      for (Watched watched : chores) {
        wait = Math.min(wait, lookIfDue(watched, now));
      }
      chores = null; // nothing here keeps a stack while the thread sleeps
      LockSupport.parkNanos(ALL, Math.max(1, wait));
    }
  }

  /** Those that there are; null when there is none, and then the thread is no longer ours. */
  private static Watched[] choresOrEnd() {
    synchronized (ALL) {
      CHORES.removeIf(watched -> isGone(watched.chore.get()));
      if (CHORES.isEmpty()) {
        running = null;
        sleeper = null;
        return null;
      }
      return CHORES.toArray(new Watched[0]);
    }
  }

  private static boolean isGone(Chore chore) {
    return chore == null || !chore.isOpen();
  }

  /** Does a chore if it is time; how long until the next. */
  private static long lookIfDue(Watched watched, long now) {
    Chore chore = watched.chore.get();
    if (isGone(chore) || !chore.isWorthALook()) {
      return SLEEP_NANOS;
    }
    long wait = watched.doneNanos + chore.periodNanos() - now;
    if (wait > 0) {
      return wait;
    }
    try {
      chore.look();
    } catch (Throwable ignored) {
      // A box that throws, no Java heap: the stack is as it was, and the others have their turn.
    }
    watched.doneNanos = System.nanoTime();
    return chore.periodNanos();
  }
}
