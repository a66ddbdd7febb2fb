package hak.bench.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A segment for which the Java heap has no room costs no block. */
class TightHeapTest {
  @ParameterizedTest
  @EnumSource(names = {"BARE", "FULL"})
  void noBlockIsLostWhenTheJavaHeapIsFull(TestStack stack, @TempDir Path folder) throws Exception {
    ChildJvm child =
        ChildJvm.run(TightHeap.class, 12, List.of("-XX:-UseTLAB"), List.of(stack.name()), folder);
    assertEquals(0, child.exitCode(), () -> String.join("\n", child.lines()));
    assertEquals("done", child.lines().getLast());
  }
}
