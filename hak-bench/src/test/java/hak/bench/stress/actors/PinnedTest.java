package hak.bench.stress.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PinnedTest {
  @Test
  void eachTaskRunsOnceInsideOfAClassInitialiser() {
    AtomicInteger runs = new AtomicInteger();
    AtomicInteger inside = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      Pinned.run(() -> {
        runs.incrementAndGet();
        if (isInsideOfAnInitialiser()) {
          inside.incrementAndGet();
        }
      });
    }
    assertEquals(3, runs.get());
    assertEquals(3, inside.get());
  }

  /** Frames of a hidden class are hidden too. */
  private static boolean isInsideOfAnInitialiser() {
    return StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES)
        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("<clinit>")));
  }

  @SuppressWarnings("ThreadPriorityCheck") // a thread that may leave its carrier would, by a yield
  @Test
  void aVirtualThreadStaysOnItsCarrierMeanwhile() throws InterruptedException {
    StringBuilder carriers = new StringBuilder();
    Thread thread =
        Thread.ofVirtual()
            .start(() ->
                Pinned.run(() -> {
                  carriers.append(carrier());
                  for (int i = 0; i < 100; i++) {
                    Thread.yield();
                  }
                  carriers.append(carrier());
                }));
    thread.join();
    assertTrue(carriers.toString().matches("(worker-\\d+)\\1"), carriers::toString);
  }

  /** A virtual thread's text ends with the carrier it is on. */
  private static String carrier() {
    return Thread.currentThread().toString().replaceAll(".*@ForkJoinPool-\\d+-", "");
  }
}
