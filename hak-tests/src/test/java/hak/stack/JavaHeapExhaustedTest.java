package hak.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Java heap ends anywhere inside of the allocator: the call throws OutOfMemoryError and has
 * changed nothing. The work is in {@link HeapEnd}, in JVMs of its own whose heap is small and full.
 *
 * <p>The system property {@code hak.test.heap-end-seconds} says how long it is tried, at least once
 * round, in which each call is on one of the stacks; the full measure is 300. {@code hak.test.seed}
 * repeats a run, {@code hak.test.most-failures} says when to give up, {@code hak.test.operation}
 * chooses calls by a part of their name.
 */
class JavaHeapExhaustedTest {
  private static final long SECONDS = Long.getLong("hak.test.heap-end-seconds", 1);
  private static final long SEED = Long.getLong("hak.test.seed", System.nanoTime());
  private static final int PATIENCE_SECONDS = 300;

  @ParameterizedTest
  @ValueSource(strings = {"calls", "series"})
  void aCallWithoutRoomInTheJavaHeapChangesNothing(String what) throws Exception {
    run(EndScope.EVERYTHING, what, SECONDS);
  }

  /** Tries it in a JVM for at least so many seconds. */
  static void run(EndScope scope, String what, long seconds) throws Exception {
    List<String> options = new ArrayList<>(FullHeap.JVM_OPTIONS);
    options.add("-XX:TieredStopAtLevel=1"); // C2 would leave allocations out
    options.addAll(EndRun.optionsOfParent());
    ChildJvm.run(
        Duration.ofSeconds(PATIENCE_SECONDS + 2 * seconds),
        options,
        HeapEnd.class,
        List.of(scope.name(), what, Long.toString(seconds), Long.toString(SEED)));
  }
}
