package hak.learn.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CacheShadowTest {
  private static final int[] BLOCK_BYTES = {0, 16, 32, 100};
  private static final long NO_BOUND = 1 << 20;

  private static CacheShadow shadow(int... capacities) {
    return new CacheShadow(BLOCK_BYTES, NO_BOUND, capacities);
  }

  /** So many blocks are allocated, then freed. */
  private static void wave(CacheShadow shadow, int thread, int sizeClass, int blocks) {
    for (int i = 0; i < blocks; i++) {
      shadow.allocate(thread, sizeClass);
    }
    for (int i = 0; i < blocks; i++) {
      shadow.free(thread, sizeClass);
    }
  }

  @Test
  void aWaveHitsAsOftenAsTheCacheIsLong() {
    CacheShadow shadow = shadow(0, 4, 64);
    wave(shadow, 0, 1, 10);
    wave(shadow, 0, 1, 10);
    assertEquals(0, shadow.hits(1, 0));
    assertEquals(4, shadow.hits(1, 1));
    assertEquals(10, shadow.hits(1, 2));
    assertEquals(new CacheCounts(20, 20, 4, 8), shadow.counts(1));
    assertEquals(4 * 16, shadow.peakHeldBytes(1));
    assertEquals(10 * 16, shadow.peakHeldBytes(2));
  }

  @Test
  void threadsAndClassesDoNotMeet() {
    CacheShadow shadow = shadow(0, 8);
    shadow.free(0, 1);
    shadow.allocate(1, 1);
    shadow.allocate(0, 2);
    assertEquals(0, shadow.counts(1).hits());
    shadow.allocate(0, 1);
    assertEquals(1, shadow.counts(1).hits());
  }

  @Test
  void whatAllThreadsHoldIsAddedUp() {
    CacheShadow shadow = shadow(0, 8);
    wave(shadow, 0, 3, 20);
    wave(shadow, 7, 3, 5);
    assertEquals(13, shadow.peakHeld(3, 1));
    assertEquals(1300, shadow.peakHeldBytes(1));
  }

  @Test
  void bytesBoundIt() {
    CacheShadow shadow = new CacheShadow(BLOCK_BYTES, 250, 0, 100);
    wave(shadow, 0, 3, 10);
    wave(shadow, 0, 1, 20);
    assertEquals(2, shadow.peakHeld(3, 1));
    assertEquals(15, shadow.peakHeld(1, 1));
  }

  @Test
  void whatHasNoClassIsLeftOut() {
    CacheShadow shadow = shadow(0, 8);
    wave(shadow, 0, 0, 10);
    assertEquals(CacheCounts.NONE, shadow.counts(1));
  }

  /** Held against caches of real blocks. */
  @Property(tries = 100)
  void countsAsListsOfBlocksWould(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int room) {
    SplittableRandom random = new SplittableRandom(seed);
    CacheShadow shadow = shadow(0, room, room + 1);
    Deque<Integer> list = new ArrayDeque<>();
    long hits = 0;
    long taken = 0;
    int peak = 0;
    for (int i = 0; i < 400; i++) {
      if (random.nextInt(100) < (i / 50 % 2 == 0 ? 30 : 70)) {
        shadow.allocate(0, 2);
        hits += list.pollFirst() == null ? 0 : 1;
      } else {
        shadow.free(0, 2);
        if (list.size() < room) {
          list.addFirst(i);
          taken++;
        }
        peak = Math.max(peak, list.size());
      }
    }
    assertEquals(hits, shadow.counts(1).hits());
    assertEquals(taken, shadow.counts(1).taken());
    assertEquals(peak, shadow.peakHeld(2, 1));
    assertTrue(shadow.counts(2).hits() >= hits, "a longer one hits no less");
  }

  @Test
  void refusesWhatIsOutOfOrder() {
    assertThrows(IllegalArgumentException.class, () -> shadow());
    assertThrows(IllegalArgumentException.class, () -> shadow(1, 1));
    assertThrows(IllegalArgumentException.class, () -> shadow(-1));
    assertThrows(IllegalArgumentException.class, () -> new CacheShadow(new int[1], 1, 0));
  }
}
