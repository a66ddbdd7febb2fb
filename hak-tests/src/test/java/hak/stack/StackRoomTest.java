package hak.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link hak.core.memory.StackRoom} promises is there, however its caller is executed. */
class StackRoomTest {
  private static final String NOT_INLINED = "-XX:CompileCommand=dontinline,*StackTouch*::touch*";

  @ParameterizedTest
  @ValueSource(
      strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation", NOT_INLINED})
  void whoWasPromisedRoomHasIt(String execution) throws Exception {
    List<String> options = new ArrayList<>(Descent.JVM_OPTIONS);
    options.addAll(List.of(StackRoomProbe.JVM_OPTION, "-Xbatch", "-Xss512k", execution));
    ChildJvm.run(Duration.ofMinutes(2), options, StackRoomProbe.class, List.of());
  }
}
