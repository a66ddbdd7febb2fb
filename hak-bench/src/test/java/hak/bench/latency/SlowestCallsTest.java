package hak.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlowestCallsTest {
  @Test
  void keepsTheSlowestInOrder() {
    SlowestCalls calls = new SlowestCalls(3);
    int[] times = {5, 9, 1, 9, 7, 2};
    for (int event = 0; event < times.length; event++) {
      calls.offer(0, event, times[event]);
    }
    assertEquals(
        List.of(
            new SlowestCalls.Call(0, 1, 9),
            new SlowestCalls.Call(0, 3, 9),
            new SlowestCalls.Call(0, 4, 7)),
        calls.inOrder());
  }
}
