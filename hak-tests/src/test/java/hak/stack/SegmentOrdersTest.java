package hak.stack;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No order of free, close, drop and garbage collection leads a segment to unmapped memory. */
class SegmentOrdersTest {
  @Test
  void noOrderCrashesTheJvm() throws Exception {
    ChildJvm.run(Duration.ofMinutes(10), List.of("-Xmx256m"), SegmentOrders.class, List.of());
  }
}
