package hak.bench.replay;

import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Rounds before those that count, until the code is compiled. */
public final class WarmUp {
  /**
   * The first round calls the loop this much more often than it need be, so that the loop is
   * compiled for its entry: the loop compiled in mid-flight (on-stack replacement) is other code.
   */
  private static final int CHUNK_EVENTS = 64;

  private static final int ROUNDS = 3;

  /** Set by the tests of this project, whose figures nobody reads; no figure is good without it. */
  private static final String PROPERTY = "hak.bench.warm-up-millis";

  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(Long.getLong(PROPERTY, 3000));

  private WarmUp() {}

  /**
   * At least 3 rounds after the first, and 3 seconds unless in a test.
   *
   * @param round is given how many events one call of a loop replays
   */
  public static void run(IntConsumer round) {
    long start = System.nanoTime();
    round.accept(CHUNK_EVENTS);
    for (int i = 0; i < ROUNDS || System.nanoTime() - start < NANOS; i++) {
      round.accept(Replayer.CHUNK_EVENTS);
    }
  }
}
