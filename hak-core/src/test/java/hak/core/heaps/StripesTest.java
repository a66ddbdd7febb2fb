package hak.core.heaps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StripesTest {
  private static final int COUNT = 4;

  private static Stripes ready() {
    Stripes stripes = Stripes.of(COUNT);
    for (int number = 0; number < COUNT; number++) {
      stripes.ready(number, 100 + number);
    }
    return stripes;
  }

  @Test
  void theShortWayOpensWhenTheHeapIsReadyAndEndsAtClose() {
    Stripes stripes = Stripes.of(COUNT);
    assertEquals(Stripes.NONE, stripes.tryEnter(1));
    int slow = stripes.enter(1);
    int number = Stripes.number(slow);
    stripes.ready(number, 0x8000_0001); // a ref is unsigned
    stripes.leave(slow);
    int fast = stripes.tryEnter(1);
    assertEquals(slow, fast);
    assertEquals(0x8000_0001, stripes.heap(fast));
    stripes.close();
    assertEquals(0x8000_0001, stripes.heap(fast), "who is inside goes on");
    stripes.leave(fast);
    assertEquals(Stripes.NONE, stripes.tryEnter(1));
  }

  @Test
  void aStripeThatIsHeldIsPassedByAndRememberedAsSuch() {
    Stripes stripes = ready();
    int first = stripes.tryEnter(COUNT);
    assertEquals(Stripes.NONE, stripes.tryEnter(2 * COUNT), "both begin at the same");
    int second = stripes.enter(2 * COUNT);
    assertNotEquals(first, second);
    stripes.leave(second);
    stripes.leave(first);
    assertEquals(second, stripes.tryEnter(2 * COUNT), "they stay apart");
    assertEquals(first, stripes.tryEnter(COUNT));
  }

  @Test
  void whoIsInsideEntersOnceMoreAndLeavesOnce() {
    Stripes stripes = ready();
    int outer = stripes.enter(1);
    int inner = stripes.enter(1);
    assertEquals(Stripes.number(outer), Stripes.number(inner));
    stripes.leave(inner);
    assertEquals(Stripes.NONE, stripes.tryEnter(Stripes.number(outer), 2), "it was left too early");
    stripes.leave(outer);
    assertNotEquals(Stripes.NONE, stripes.tryEnter(Stripes.number(outer), 2));
  }

  @Test
  void whoFindsAllHeldWaitsForOne() throws InterruptedException {
    Stripes stripes = ready();
    int[] entries = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      entries[i] = stripes.enter(1_000 + i);
    }
    AtomicBoolean left = new AtomicBoolean();
    AtomicBoolean early = new AtomicBoolean();
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> {
              int entry = stripes.enter(1);
              early.set(!left.get());
              stripes.leave(entry);
            });
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait(); // it has spun and yielded, and sleeps now
    }
    left.set(true);
    stripes.leave(entries[2]);
    waiting.join();
    assertEquals(false, early.get(), "two in one stripe");
  }

  @Test
  void noTwoAreInOneStripe() throws InterruptedException {
    Stripes stripes = ready();
    int[] counts = new int[COUNT];
    int threads = 3 * COUNT;
    int rounds = 20_000;
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      started.add(
          Thread.ofVirtual()
              .start(() -> {
                awaitIn(go);
                long id = Thread.currentThread().threadId();
                for (int round = 0; round < rounds; round++) {
                  int entry = stripes.tryEnter(id);
                  entry = entry == Stripes.NONE ? stripes.enter(id) : entry;
                  counts[Stripes.number(entry)]++; // lost when another does the same
                  stripes.leave(entry);
                }
              }));
    }
    go.countDown();
    for (Thread thread : started) {
      thread.join();
    }
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    assertEquals(threads * rounds, sum);
  }

  private static void awaitIn(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void idsBeginAtAllStripes() {
    Stripes stripes = ready();
    Set<Integer> numbers = new HashSet<>();
    for (long id = 1; id <= COUNT; id++) {
      int entry = stripes.tryEnter(id);
      assertTrue(entry > Stripes.NONE, "held by nobody");
      numbers.add(Stripes.number(entry));
    }
    assertEquals(COUNT, numbers.size());
  }
}
