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
  private static final Duration PATIENCE = Duration.ofSeconds(300 + 2 * SECONDS);

  @ParameterizedTest
  @ValueSource(strings = {"calls", "series"})
  void aCallWithoutRoomInTheJavaHeapChangesNothing(String what) throws Exception {
    List<String> options = new ArrayList<>(FullHeap.JVM_OPTIONS);
    options.add("-XX:TieredStopAtLevel=1"); // C2 would leave allocations out
    options.addAll(EndRun.optionsOfParent());
    ChildJvm.run(
        PATIENCE,
        options,
        HeapEnd.class,
        List.of(what, Long.toString(SECONDS), Long.toString(SEED)));
  }
}
