package hak.bench.replay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The channels of a {@link hak.bench.trace.ParallelProgram}: counters by which threads tell each
 * other how far they are. A post releases and an await acquires, so what was written before the one
 * is read after the other.
 *
 * <p>No thread ever parks: who waits spins a little, then lends its processor to others, again and
 * again. {@code peers/replay.c} does the same.
 */
public final class Channels {
  private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);

  /** Two cache lines, which are fetched together. */
  private static final int STRIDE = 16;

  private static final int SPINS = 64;

  private final long[] counts;
  private volatile boolean abandoned;

  /** Somebody will never post again. */
  static final class AbandonedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    AbandonedException() {
      super("another thread failed");
    }
  }

  /** So many of them. */
  public Channels(int count) {
    counts = new long[(count + 1) * STRIDE];
  }

  /** Begins anew; called while no thread uses them. */
  void reset() {
    abandoned = false;
    for (int i = 0; i < counts.length; i++) {
      COUNTS.setVolatile(counts, i, 0L);
    }
  }

  /** Lets all who wait, and who will, fail: somebody has. */
  void abandon() {
    abandoned = true;
  }

  /** Counts up by one; always the same thread for one channel. */
  public void post(int channel) {
    int at = (channel + 1) * STRIDE;
    COUNTS.setRelease(counts, at, counts[at] + 1);
  }

  /**
   * Waits until a channel has counted up to a number.
   *
   * @throws IllegalStateException if another thread of the round failed
   */
  @SuppressWarnings("ThreadPriorityCheck") // whom it waits for may need this processor
  public void await(int channel, long count) {
    int at = (channel + 1) * STRIDE;
    for (int spins = 1; (long) COUNTS.getAcquire(counts, at) < count; spins++) {
      if (spins % SPINS != 0) {
        Thread.onSpinWait();
      } else if (abandoned) {
        throw new AbandonedException();
      } else {
        Thread.yield();
      }
    }
  }
}
