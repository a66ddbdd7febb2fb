package hak.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

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
  private static final int PATIENCE_SECONDS = 300;

  /** How the JVM executes methods, which decides where in them a stack can end. */
  enum Execution {
    /** As it likes: first interpreted, then compiled. */
    MIXED("-XX:+TieredCompilation"),
    /** Every call is a frame, and between any two instructions that call the stack may end. */
    INTERPRETED("-Xint"),
    /** Compiled, little inlined. */
    C1("-XX:TieredStopAtLevel=1"),
    /** What reads, and what links blocks, takes little of the stack; what writes takes much. */
    UNEVEN(
        "-Xbatch -XX:CompileThresholdScaling=0.1"
            + " -XX:CompileCommand=compileonly,hak.core.memory.BlockList::*"
            + " -XX:CompileCommand=compileonly,hak.core.memory.Memory::get*");

    private final String options;

    Execution(String options) {
      this.options = options;
    }

    List<String> options() {
      return List.of(options.split(" ", -1));
    }
  }

  /** Tries it in a JVM for at least so many seconds. */
  static void run(EndScope scope, Execution execution, String how, long seconds) throws Exception {
    List<String> options = new ArrayList<>(Descent.JVM_OPTIONS);
    options.addAll(List.of(ThreadKind.JVM_OPTION, "-Xmx256m"));
    options.addAll(execution.options());
    options.addAll(EndRun.optionsOfParent());
    ChildJvm.run(
        Duration.ofSeconds(PATIENCE_SECONDS + 2 * seconds),
        options,
        StackEnd.class,
        List.of(scope.name(), how, Long.toString(seconds), Long.toString(SEED)));
  }

  @ParameterizedTest
  @EnumSource
  void aCallThatOverflowsChangesNothing(Execution execution) throws Exception {
    run(EndScope.EVERYTHING, execution, "warm", SECONDS);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "UNEVEN")
  void neitherDoesTheFirstCallOfAll(Execution execution) throws Exception {
    run(EndScope.EVERYTHING, execution, "cold", SECONDS);
  }
}
