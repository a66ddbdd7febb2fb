package hak.box.sizesample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.core.spi.CallLog;
import hak.core.spi.CallLog.Call;
import hak.core.spi.Section;
import hak.testkit.ObserverContract;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;

class SizeSampleTest extends ObserverContract {
  private final AtomicLongArray requests = new AtomicLongArray(1 << 14);

  @Override
  protected String box() {
    return "size-sample";
  }

  @Override
  protected boolean countsAll() {
    return false;
  }

  @Override
  protected boolean counts() {
    return false;
  }

  private long sum() {
    long sum = 0;
    for (int step = 0; step < requests.length(); step++) {
      sum += requests.get(step);
    }
    return sum;
  }

  @Test
  void oneCallOfManyIsLookedAtOnAverage() {
    CallLog log = new SampledSizes(requests, 64);
    int calls = 1_000_000;
    for (int i = 0; i < calls; i++) {
      long place = log.next();
      if (place != CallLog.NONE) {
        log.tell(place, Call.MALLOC, 16, 33_000, 1);
      }
    }
    long looks = sum();
    assertEquals(looks, requests.get(2_063));
    double expected = calls / 64.0;
    assertTrue(looks > expected * 0.98 && looks < expected * 1.05, looks + " looks");
  }

  /** A program of four calls in turn: each is met as often. */
  @Test
  void noPeriodIsMetAtTheSameCallAlways() {
    CallLog log = new SampledSizes(requests, 64);
    for (int i = 0; i < 1_000_000; i++) {
      long place = log.next();
      if (place != CallLog.NONE) {
        log.tell(place, Call.MALLOC, 16, 16L * (i % 4 + 1), 1);
      }
    }
    double all = sum();
    for (int step = 1; step <= 4; step++) {
      assertEquals(0.25, requests.get(step) / all, 0.02, "of step " + step);
    }
  }

  @Test
  void whatAsksForABlockIsCountedAndNothingElse() {
    CallLog log = new SampledSizes(requests, 1);
    log.tell(0, Call.MALLOC, 16, 0, 1);
    log.tell(0, Call.CALLOC, 16, 17, 1);
    log.tell(0, Call.REALLOC_END, 16, 32, 1);
    assertEquals(1, requests.get(0));
    assertEquals(2, requests.get(2));
    log.tell(0, Call.REALLOC_END, 0, 1, 1); // it failed
    log.tell(0, Call.REALLOC_BEGIN, 16, 0, 1);
    log.tell(0, Call.FREE, 16, 0, 1);
    log.tell(0, Call.ALIGNED, 16, 40, 4_096);
    log.tell(0, Call.MALLOC, 16, Long.MAX_VALUE / 2, 1);
    assertEquals(3, sum());
  }

  @Test
  void aStackWithItWorksAsOneWithout() {
    Profile profile =
        Profile.ofTiers("sampled", List.of("tiny", "mid", "large", "big"))
            .with(Section.OBSERVERS, List.of("size-sample"))
            .withSetting("size-sample", "interval", 1L);
    try (HakAllocator stack = Hak.open(profile)) {
      long block = stack.calloc(3, 100);
      block = stack.realloc(block, 5_000_000);
      stack.free(block, 5_000_000);
      stack.free(stack.malloc(48, 64));
      assertEquals(0, stack.liveBytes());
    }
  }
}
