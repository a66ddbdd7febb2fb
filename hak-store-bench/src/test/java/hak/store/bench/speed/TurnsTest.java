package hak.store.bench.speed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final List<String> order = new ArrayList<>();

  private double measure(String name) {
    order.add(name);
    return order.size();
  }

  @Test
  void eachPairOfTurnsBeginsWithTheNext() {
    Turns turns = new Turns(3);
    turns.add("a", () -> measure("a"));
    turns.add("b", () -> measure("b"));
    turns.play();
    assertEquals(List.of("a", "b", "b", "a", "b", "a"), order);
    assertArrayEquals(new double[] {1, 4, 6}, turns.samples("a"));
    assertEquals(3, turns.median("b"));
  }

  @Test
  void warmingUpLeavesNoSamples() {
    Turns turns = new Turns(1);
    turns.add("a", () -> measure("a"));
    turns.warmUp(1);
    turns.play();
    assertEquals(1, turns.samples("a").length);
    assertEquals(order.size(), turns.median("a"));
  }
}
