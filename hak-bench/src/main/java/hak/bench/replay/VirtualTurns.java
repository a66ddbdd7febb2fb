package hak.bench.replay;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Virtual threads that take turns, so that one of them works at a time while all others are parked.
 * Shift {@code i} is that of thread {@code i} modulo their number.
 *
 * <pre>
 *   thread   its shift; the next one's turn; parks; its shift; ...; ends after its last shift
 *   the next one is started where this is its first shift, else unparked
 * </pre>
 *
 * <p>A turn is passed by a volatile write that the next thread reads, so a thread sees what all
 * before it did. On which carrier a thread goes on the JVM decides, and it changes.
 */
final class VirtualTurns {
  private static final int FAILED = -1;

  private final Thread[] threads;
  private final int length;
  private final IntConsumer shift;
  private final WorkEnd end = new WorkEnd();

  /** The shift that is under way; {@link #FAILED} when none will be any more. */
  private volatile int turn;

  private VirtualTurns(String name, int count, int length, IntConsumer shift) {
    this.threads = new Thread[count];
    this.length = length;
    this.shift = shift;
    for (int i = 0; i < count; i++) {
      int thread = i;
      threads[i] = Thread.ofVirtual().name(name + "-" + i).unstarted(() -> work(thread));
    }
  }

  /**
   * Runs {@code length} shifts and waits for the last one. What a shift throws is thrown, and no
   * further one begins.
   *
   * @param count how many threads there are, 1 to {@code length}
   */
  static void run(String name, int count, int length, IntConsumer shift) {
    VirtualTurns turns = new VirtualTurns(name, count, length, shift);
    turns.threads[0].start();
    turns.end.await();
  }

  private void work(int thread) {
    try {
      for (int number = thread; number < length && awaitTurn(number); number += threads.length) {
        shift.accept(number);
        pass(number + 1);
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  /** Waits for a shift; false when it does not come. */
  private boolean awaitTurn(int number) {
    int now = turn;
    while (now != number && now != FAILED) {
      LockSupport.park(this);
      now = turn;
    }
    return now == number;
  }

  private void pass(int next) {
    turn = next;
    if (next == length) {
      end.reach();
    } else if (next < threads.length) {
      threads[next].start();
    } else {
      LockSupport.unpark(threads[next % threads.length]);
    }
  }

  private void fail(Throwable e) {
    turn = FAILED;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
    end.fail(e);
  }
}
