package hak.mid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveCountTest {
  private static final int THREADS = 40;
  private static final int BLOCKS = 1_000;

  /**
   * Each thread gives back what another one was lent, so most cells are below zero at some time.
   */
  @Test
  void whoGivesBackNeedNotBeWhoWasLent() throws InterruptedException {
    LiveCount count = new LiveCount();
    for (int i = 0; i < THREADS * BLOCKS; i++) {
      count.lent(100_000);
    }
    assertEquals(THREADS * BLOCKS, count.blocks());
    assertEquals(THREADS * BLOCKS * 100_000L, count.bytes());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int block = 0; block < BLOCKS; block++) {
                  count.grown(-1);
                  count.back(99_999);
                  count.lent(7);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(THREADS * BLOCKS, count.blocks());
    assertEquals(THREADS * BLOCKS * 7L, count.bytes());
  }

  @Test
  void aBlockMayBeAsLongAsARegion() {
    LiveCount count = new LiveCount();
    count.lent(32L << 30);
    count.lent(0);
    assertEquals(2, count.blocks());
    assertEquals(32L << 30, count.bytes());
    count.back(0);
    count.back(32L << 30);
    assertEquals(0, count.blocks());
    assertEquals(0, count.bytes());
  }

  /** As who reads the cells one after the other sees it. */
  @Test
  void moreThatCameBackThanWentOutIsNothing() {
    LiveCount count = new LiveCount();
    count.back(100);
    assertEquals(0, count.blocks());
    assertEquals(0, count.bytes());
    count.lent(40);
    count.lent(50);
    assertEquals(1, count.blocks());
    assertEquals(0, count.bytes());
  }
}
