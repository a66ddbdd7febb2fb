package hak.stack;

import static org.junit.jupiter.api.Assertions.assertThrows;

import hak.core.HakAllocator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The system has no thread for a while: what needs one is refused and can be tried again, what does
 * not need it is done. In JVMs of their own, which run out of threads.
 */
class NoThreadTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static void run(Class<?> main, String... arguments) throws Exception {
    ChildJvm.run(PATIENCE, ThreadShortage.JVM_OPTIONS, main, List.of(arguments));
  }

  @ParameterizedTest
  @EnumSource(names = {"BARE", "FULL"})
  void aStackThatCannotBeOpenedForWantOfAThreadCanBeOpenedLater(TestStack stack) throws Exception {
    run(Opening.class, stack.name());
  }

  /** Opens a stack twice: once without threads. */
  static final class Opening {
    private Opening() {}

    public static void main(String[] arguments) throws Exception {
      TestStack stack = TestStack.valueOf(arguments[0]);
      try (ThreadShortage _ = new ThreadShortage()) {
        assertThrows(OutOfMemoryError.class, stack::open);
      }
      try (HakAllocator allocator = stack.open()) {
        allocator.free(allocator.malloc(100));
      }
    }
  }
}
