package hak.stack;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A segment for which the Java heap has no room costs no block. */
class TightHeapTest {
  @ParameterizedTest
  @EnumSource(names = {"BARE", "FULL"})
  void noBlockIsLostWhenTheJavaHeapIsFull(TestStack stack) throws Exception {
    ChildJvm.run(
        Duration.ofMinutes(10),
        List.of("-Xmx12m", "-Xms12m", "-XX:-UseTLAB"),
        TightHeap.class,
        List.of(stack.name()));
  }
}
