package hak.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No order of free, close, drop and garbage collection leads a segment to unmapped memory. */
class SegmentOrdersTest {
  @Test
  void noOrderCrashesTheJvm() throws Exception {
    List<String> options = new ArrayList<>(SegmentOrders.optionsOfParent());
    options.add("-Xmx256m");
    ChildJvm.run(Duration.ofMinutes(10), options, SegmentOrders.class, List.of());
  }
}
