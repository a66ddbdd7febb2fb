package hak.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BufferTableTest {
  @Test
  void everyObjectIsFoundUntilItIsTaken() {
    BufferTable table = new BufferTable(3);
    Map<Long, Object> kept = new HashMap<>();
    List<Long> numbers = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      // Grows, shrinks and grows: the parts are filled, left and come back to.
      boolean grows = i / 50_000 % 2 == 0;
      if (numbers.isEmpty() || random.nextInt(10) < (grows ? 7 : 3)) {
        Object block = new Object();
        long number = table.put(random.nextInt(3), block);
        assertEquals(null, kept.put(number, block), "a number that is in use");
        numbers.add(number);
      } else {
        int place = random.nextInt(numbers.size());
        long number = numbers.set(place, numbers.getLast());
        numbers.removeLast();
        assertSame(kept.remove(number), table.take(number));
      }
    }
    kept.forEach((number, block) -> assertSame(block, table.get(number)));
  }

  @Test
  void anotherObjectTakesTheNumberOver() {
    BufferTable table = new BufferTable(1);
    long number = table.put(0, "old");
    table.set(number, "new");
    assertEquals("new", table.take(number));
  }

  @Test
  void anotherThreadMayTake() throws InterruptedException {
    BufferTable table = new BufferTable(1);
    BlockingQueue<Long> handed = new ArrayBlockingQueue<>(5000);
    int count = 100_000;
    CompletableFuture<Long> sum =
        CompletableFuture.supplyAsync(() -> takeAll(table, handed, count));
    long expected = 0;
    for (int i = 0; i < count; i++) {
      handed.put(table.put(0, i));
      expected += i;
    }
    assertEquals(expected, sum.join());
  }

  private static long takeAll(BufferTable table, BlockingQueue<Long> handed, int count) {
    long sum = 0;
    try {
      for (int i = 0; i < count; i++) {
        sum += (Integer) table.take(handed.take());
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return sum;
  }
}
