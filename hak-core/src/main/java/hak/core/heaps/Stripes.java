package hak.core.heaps;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * The locks of the shared heaps, a word each: one compare-and-set to enter, one store to leave.
 *
 * <pre>
 *   stripe of 128 bytes   | holder : 64 | ready : 64 | heap : 64 | 104 bytes unused |
 *     holder   id of the thread that is inside, 0 = nobody
 *     ready    whether {@link #tryEnter} enters: 1 once the heap is prepared, 0 again at close
 *     heap     ref of the heap; once set it stays
 * </pre>
 *
 * <p>A thread begins where threads of its id found a free stripe last, so two that run at once move
 * apart when they first meet and stay apart.
 *
 * <h2>Waiting</h2>
 *
 * There are twice as many stripes as processors, so that all are held is rare: a holder lost its
 * processor or waits itself inside, for the pool to grow or for somebody else's box. A virtual
 * thread that does so is unmounted with the stripe held, which is harmless: who waits spins, then
 * yields, then sleeps, and so gives it a carrier. A thread that is inside already, in a box that
 * calls back, never waits: it enters what it holds once more.
 *
 * <h2>Errors of the JVM</h2>
 *
 * Who is inside must be able to leave, so who is about to enter asks for {@link
 * hak.core.memory.StackRoom} first. To have left before, in the same way, is not enough: what runs
 * inside may end compiled code, and then leaving is interpreted. All calls are linked when the
 * stripes are made, for linking takes Java heap.
 *
 * <h2>Why not a ReentrantLock</h2>
 *
 * A pair of malloc and free took 52 to 72 ns, most of it for three locks; so it takes a fifth of
 * that. What is lost is fairness.
 *
 * @param words the stripes, behind one that is not used
 * @param hints where to begin, by the low bits of the thread's id; any thread writes it at any time
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, never compared
public record Stripes(long[] words, int[] hints) {
  /** No stripe. */
  public static final int NONE = 0;

  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int STRIPE_LONGS = 16;
  private static final int READY = 1;
  private static final int HEAP = 2;
  private static final int HINTS = 256;
  private static final int SPINS = 64;
  private static final int YIELDS = 64;
  private static final long SLEEP_NANOS = 50_000;

  /** Nobody inside, and no heap ready. */
  static Stripes of(int count) {
    int[] hints = new int[HINTS];
    for (int i = 0; i < HINTS; i++) {
      hints[i] = at(i % count);
    }
    Stripes stripes = new Stripes(new long[(count + 1) * STRIPE_LONGS], hints);
    if (stripes.isFree(at(0)) && stripes.take(at(0), Thread.currentThread().threadId())) {
      stripes.leave(at(0)); // links the calls
    }
    return stripes;
  }

  /** The stripe of a number, counted from 0. */
  private static int at(int number) {
    return (number + 1) * STRIPE_LONGS;
  }

  /** The number of a stripe that was entered, counted from 0. */
  static int number(int entry) {
    return Math.abs(entry) / STRIPE_LONGS - 1;
  }

  private int count() {
    return words.length / STRIPE_LONGS - 1;
  }

  // ---- the short way

  /**
   * Enters the stripe that the running thread begins at, if nobody is inside and its heap is ready.
   *
   * @return the stripe, for {@link #heap} and {@link #leave}; else {@link #NONE}, and {@link
   *     #enter} is the way
   */
  public int tryEnter(long threadId) {
    int stripe = hints[(int) threadId & (HINTS - 1)];
    return words[stripe + READY] != 0 && isFree(stripe) && take(stripe, threadId) ? stripe : NONE;
  }

  /** The heap of a stripe that {@link #tryEnter} entered. */
  public int heap(int stripe) {
    return (int) words[stripe + HEAP];
  }

  /** Leaves what was entered; {@link #NONE} and what was entered once more are left as they are. */
  public void leave(int entry) {
    if (entry > NONE) {
      WORD.setRelease(words, entry, 0L);
    }
  }

  private boolean isFree(int stripe) {
    return holder(stripe) == 0;
  }

  private long holder(int stripe) {
    return (long) WORD.getAcquire(words, stripe);
  }

  private boolean take(int stripe, long threadId) {
    return (boolean) WORD.compareAndSet(words, stripe, 0L, threadId);
  }

  // ---- the long way

  /**
   * Enters the first stripe that is free, and waits for one when none is.
   *
   * @return for {@link #leave}; negative when the running thread was inside before
   */
  int enter(long threadId) {
    int entered = entered(threadId);
    for (int attempt = 0; entered == NONE; attempt++) {
      entered = enterAny(threadId);
      if (entered == NONE) {
        pause(attempt);
      }
    }
    return entered;
  }

  /** The stripe, negative, that the thread is inside of already. */
  private int entered(long threadId) {
    for (int i = 0; i < count(); i++) {
      if (holder(at(i)) == threadId) {
        return -at(i);
      }
    }
    return NONE;
  }

  private int enterAny(long threadId) {
    int hint = (int) threadId & (HINTS - 1);
    int first = number(hints[hint]);
    for (int i = 0; i < count(); i++) {
      int stripe = at((first + i) % count());
      if (isFree(stripe) && take(stripe, threadId)) {
        hints[hint] = stripe;
        return stripe;
      }
    }
    return NONE;
  }

  /** Enters one by number if it is free or the thread is inside; else {@link #NONE}. */
  int tryEnter(int number, long threadId) {
    int stripe = at(number);
    if (holder(stripe) == threadId) {
      return -stripe;
    }
    return isFree(stripe) && take(stripe, threadId) ? stripe : NONE;
  }

  @SuppressWarnings("ThreadPriorityCheck") // whoever is inside may need this processor to leave
  private void pause(int attempt) {
    if (attempt < SPINS) {
      Thread.onSpinWait();
    } else if (attempt < SPINS + YIELDS) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(this, SLEEP_NANOS);
    }
  }

  // ---- whether the short way is open

  /** Lets {@link #tryEnter} enter a stripe, which the caller is inside of. */
  void ready(int number, int heap) {
    words[at(number) + HEAP] = heap;
    WORD.setRelease(words, at(number) + READY, 1L);
  }

  /** From now on {@link #tryEnter} enters none. */
  void close() {
    for (int i = 0; i < count(); i++) {
      WORD.setVolatile(words, at(i) + READY, 0L);
    }
  }
}
