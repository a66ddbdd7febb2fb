package hak.bench.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No order of free, close, drop and garbage collection leads a segment to unmapped memory. */
class SegmentOrdersTest {
  @Test
  void noOrderCrashesTheJvm(@TempDir Path folder) throws Exception {
    ChildJvm child = ChildJvm.run(SegmentOrders.class, 256, List.of(), List.of(), folder);
    assertEquals(0, child.exitCode(), () -> child.from("order "));
    assertTrue(child.lines().getLast().matches("\\d{4,} orders"), () -> child.from("order "));
  }
}
