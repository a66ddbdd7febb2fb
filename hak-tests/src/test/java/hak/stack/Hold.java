package hak.stack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops one thread at its first pass of a gate until it is let go, and takes note of the heaps that
 * the others come by in meanwhile.
 */
final class Hold implements Turnstile.Visitor {
  private final Turnstile.Gate gate;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch letGo = new CountDownLatch(1);
  private final Set<Integer> heapsOfOthers = ConcurrentHashMap.newKeySet();
  private volatile Thread held;
  private volatile int heap;

  Hold(Turnstile.Gate gate) {
    this.gate = gate;
  }

  /** The running thread is the one to stop. */
  void me() {
    held = Thread.currentThread();
  }

  @Override
  public void passes(Turnstile.Gate passed, int heapThere) {
    boolean isHeld = Thread.currentThread().equals(held);
    if (isHeld && passed == gate && reached.getCount() > 0) {
      heap = heapThere;
      reached.countDown();
      await(letGo);
    } else if (!isHeld && heapThere != 0 && reached.getCount() == 0 && letGo.getCount() > 0) {
      heapsOfOthers.add(heapThere);
    }
  }

  /** Waits until the thread stands at the gate. */
  void awaitReached() {
    await(reached);
  }

  /** Lets the thread go on. */
  void letGo() {
    letGo.countDown();
  }

  /** The heap that the thread was in at the gate; 0 where there is none. */
  int heap() {
    return heap;
  }

  /** The heaps that other threads came by in while this one stood. */
  Set<Integer> heapsOfOthers() {
    return heapsOfOthers;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(Subject.PATIENCE.toSeconds(), TimeUnit.SECONDS), "nobody came");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
