package hak.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The stack of the thread ends anywhere inside of the allocator: the call throws StackOverflowError
 * and has changed nothing. The work is in {@link StackEnd}, in JVMs of its own.
 *
 * <p>The system property {@code hak.test.stack-end-seconds} says how long each way of execution is
 * tried, at least once round; the full measure is 60. {@code hak.test.seed} repeats a run, {@code
 * hak.test.most-failures} says when to give up, {@code hak.test.operation} chooses calls by a part
 * of their name.
 */
class StackOverflowTest {
  private static final long SECONDS = Long.getLong("hak.test.stack-end-seconds", 1);
  private static final long SEED = Long.getLong("hak.test.seed", System.nanoTime());
  private static final Duration PATIENCE = Duration.ofSeconds(300 + 2 * SECONDS);

  /** How the JVM executes methods, which decides where in them a stack can end. */
  enum Execution {
    /** As it likes: first interpreted, then compiled. */
    MIXED("-XX:+TieredCompilation"),
    /** Every call is a frame, and between any two instructions that call the stack may end. */
    INTERPRETED("-Xint"),
    /** Compiled, little inlined. */
    C1("-XX:TieredStopAtLevel=1");

    private final String option;

    Execution(String option) {
      this.option = option;
    }
  }

  private static void run(Execution execution, String how) throws Exception {
    List<String> options = new ArrayList<>(Descent.JVM_OPTIONS);
    options.addAll(List.of(ThreadKind.JVM_OPTION, execution.option, "-Xmx256m"));
    options.addAll(EndRun.optionsOfParent());
    List<String> arguments = List.of(how, Long.toString(SECONDS), Long.toString(SEED));
    ChildJvm.run(PATIENCE, options, StackEnd.class, arguments);
  }

  @ParameterizedTest
  @EnumSource
  void aCallThatOverflowsChangesNothing(Execution execution) throws Exception {
    run(execution, "warm");
  }

  @ParameterizedTest
  @EnumSource
  void neitherDoesTheFirstCallOfAll(Execution execution) throws Exception {
    run(execution, "cold");
  }
}
