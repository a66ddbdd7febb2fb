package hak.stack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.profile.Profile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The stack of the thread, or the Java heap, ends inside of any thread cache that is shipped: as
 * {@link StackOverflowTest} and {@link JavaHeapExhaustedTest}, on a stack for each cache.
 *
 * <p>The system property {@code hak.test.cache-end-seconds} says how long each is tried, at least
 * once round; the full measure is 60.
 */
class CacheEndTest {
  private static final long SECONDS = Long.getLong("hak.test.cache-end-seconds", 1);

  @Test
  void everyCacheHasAStack() {
    List<String> names = CacheStacks.all().stream().map(Profile::name).toList();
    assertTrue(
        names.containsAll(List.of("bump-front", "prewarm", "quick-slot", "tls-sll")),
        () -> "only " + names);
  }

  @ParameterizedTest
  @EnumSource
  void aCallThatOverflowsTheStackChangesNothing(StackOverflowTest.Execution execution)
      throws Exception {
    StackOverflowTest.run(EndScope.CACHES, execution, "warm", SECONDS);
  }

  @Test
  void aCallWithoutRoomInTheJavaHeapChangesNothing() throws Exception {
    JavaHeapExhaustedTest.run(EndScope.CACHES, "calls", SECONDS);
  }
}
