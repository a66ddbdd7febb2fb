package hak.stack;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Close against everything: every call in progress ends, later ones say that it is closed, and all
 * memory goes back. The work is in {@link CloseRace}.
 *
 * <p>The system property {@code hak.test.close-rounds} says how often; {@code hak.test.seed}
 * repeats a run as far as threads can be repeated.
 */
class CloseRaceTest {
  private static final int ROUNDS = Integer.getInteger("hak.test.close-rounds", 100);
  private static final long SEED = Long.getLong("hak.test.seed", System.nanoTime());

  @ParameterizedTest
  @EnumSource
  void aCloseAtAnyMomentEndsEveryCall(TestStack stack) throws Exception {
    ChildJvm.run(
        Duration.ofSeconds(120 + ROUNDS),
        List.of("-Xmx256m"),
        CloseRace.class,
        List.of(stack.name(), Integer.toString(ROUNDS), Long.toString(SEED)));
  }
}
