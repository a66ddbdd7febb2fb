package hak.box.sizesample;

import hak.core.spi.CallLog;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Looks at one call of many and counts the size, if it asked for one.
 *
 * <pre>
 *   next   counts down; at 0 the call is looked at        every call
 *   tell   the size is counted                            one in interval, on average
 *
 *   stripe of a thread  | countdown | random | ... to the end of a cache line
 * </pre>
 *
 * <p><b>The distance is drawn</b>, evenly from half to one and a half of what is set, so that no
 * period of the program is always met at the same call.
 *
 * <p><b>Concurrency.</b> Threads whose ids are equal modulo {@value #STRIPES} share a stripe and
 * count in it without atomic operations. What is lost so moves a look by a call or two; it is never
 * at the wrong size. The counters of sizes are atomic.
 *
 * <p>Blocks with an alignment of their own are left out, for more block sizes do not serve them.
 */
final class SampledSizes implements CallLog {
  /** Sizes are counted in steps of so many bytes. */
  static final int STEP_BYTES = 16;

  private static final int STRIPES = 64;

  /** log2 of the ints of a stripe: two cache lines, for lines are fetched in pairs. */
  private static final int STRIPE_SHIFT = 5;

  private static final int COUNTDOWN = 0;
  private static final int RANDOM = 1;

  private final AtomicLongArray requests;
  private final int interval;
  private final int[] stripes = new int[STRIPES << STRIPE_SHIFT];

  SampledSizes(AtomicLongArray requests, int interval) {
    this.requests = requests;
    this.interval = interval;
  }

  @Override
  public long next() {
    int stripe = ((int) Thread.currentThread().threadId() & (STRIPES - 1)) << STRIPE_SHIFT;
    int left = stripes[stripe + COUNTDOWN] - 1;
    stripes[stripe + COUNTDOWN] = left;
    return left >= 0 ? NONE : look(stripe);
  }

  private long look(int stripe) {
    int drawn = stripes[stripe + RANDOM];
    drawn = drawn == 0 ? stripe + 1 : drawn;
    drawn ^= drawn << 13; // Marsaglia's xorshift: never 0 after another number
    drawn ^= drawn >>> 17;
    drawn ^= drawn << 5;
    stripes[stripe + RANDOM] = drawn;
    stripes[stripe + COUNTDOWN] =
        interval / 2 + (int) (((drawn & 0xFFFF_FFFFL) * interval) >>> Integer.SIZE);
    return stripe;
  }

  @Override
  public void tell(long place, Call call, long address, long size, long alignment) {
    boolean asks =
        switch (call) {
          case MALLOC, CALLOC -> true;
          case REALLOC_END -> address != 0;
          case ALIGNED, FREE, REALLOC_BEGIN -> false;
        };
    long step = (size + STEP_BYTES - 1) / STEP_BYTES;
    if (asks && step < requests.length()) {
      requests.getAndIncrement((int) step);
    }
  }
}
