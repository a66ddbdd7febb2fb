package hak.core.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A sum that is made anew when it is due, and not before. */
class LiveBytesTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
  private long bytes = 1_000;
  private long costNanos;
  private int sums;

  private final LiveBytes live =
      new LiveBytes(
          () -> {
            sums++;
            now.addAndGet(costNanos);
            return bytes;
          },
          now::get);

  @Test
  void isAddedUpOnceInSoManyMilliseconds() {
    assertEquals(1_000, live.get());
    bytes = 2_000;
    now.addAndGet(LiveBytes.FRESH_NANOS - 1);
    assertEquals(1_000, live.get());
    assertEquals(1, sums);
    now.incrementAndGet();
    assertEquals(2_000, live.get());
    assertEquals(2, sums);
  }

  @Test
  void takesNoMoreThanItsShareOfTheTime() {
    costNanos = LiveBytes.FRESH_NANOS;
    live.get();
    bytes = 2_000;
    now.addAndGet(LiveBytes.SHARE * costNanos - 1);
    assertEquals(1_000, live.get());
    now.incrementAndGet();
    assertEquals(2_000, live.get());
  }

  @Test
  void aFailureIsThrownToOneAndForgotten() {
    LiveBytes failing =
        new LiveBytes(
            () -> {
              if (sums++ == 1) {
                throw new OutOfMemoryError("of the test");
              }
              return sums;
            },
            now::get);
    assertEquals(1, failing.get());
    now.addAndGet(LiveBytes.FRESH_NANOS);
    assertThrows(OutOfMemoryError.class, failing::get);
    assertEquals(1, failing.get());
    now.addAndGet(LiveBytes.FRESH_NANOS);
    assertEquals(3, failing.get());
  }
}
