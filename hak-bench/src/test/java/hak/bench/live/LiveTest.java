package hak.bench.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Workload;
import hak.core.Hak;
import hak.core.Policy;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class LiveTest {
  private static final String KEY = "stack.purge-delay";

  /** 2,048 blocks of 4 to 32 KiB: more than 16 MiB. */
  private static final String LARGE = "phases:phases=1,first=4,steps=20000,repeats=10000";

  private static Profile profile(long windowMillis) {
    return Hak.profile("default")
        .with(Section.LEARNERS, List.of("purge-delay"))
        .with(StackOptions.PURGE_DELAY, 20)
        .withSetting("purge-delay", "window", windowMillis)
        .withSetting("purge-delay", "least", 10L);
  }

  private static Live.Watched run(
      Profile profile, String workload, long millis, LiveWatcher watcher, BooleanSupplier stop) {
    return Live.run(
        new LiveRequest(
            profile, Workload.synthetic(workload), Duration.ofMillis(millis), watcher, stop));
  }

  private static Live.Watched run(Profile profile, String workload, long millis) {
    return run(profile, workload, millis, LiveWatcher.NONE, () -> false);
  }

  private static long inForce(Policy policy) {
    return policy.settings().stream()
        .filter(setting -> setting.key().equals(KEY))
        .findFirst()
        .orElseThrow()
        .number();
  }

  @Test
  void itSaysWhatLearnersSawAndDid() {
    AtomicInteger decisions = new AtomicInteger();
    AtomicInteger samples = new AtomicInteger();
    Live.Watched watched =
        run(
            profile(10),
            LARGE,
            1_500,
            (seen, _, news) -> {
              decisions.addAndGet(news.size());
              samples.set(seen.size());
            },
            () -> false);
    LiveReport report = watched.report();
    assertTrue(report.complete());
    assertTrue(report.seconds() >= 1.5, () -> report.toString());
    assertEquals(List.of(KEY), report.settings().stream().map(Policy.Setting::key).toList());
    Policy.Learner learner = report.learners().getFirst();
    assertTrue(learner.windows() > 3, () -> report.toString());
    assertEquals(0, learner.failures(), () -> report.toString());
    assertEquals(report.generation(), learner.decisions());
    assertEquals(report.generation(), report.steps().size() + report.unseen());
    assertEquals(decisions.get(), report.steps().size());
    assertEquals(samples.get(), report.samples().size());
    LiveSample last = report.samples().getLast();
    assertTrue(last.windows() > 0 && last.windowNanos() > 0, last.toString());
    assertTrue(report.samples().stream().anyMatch(sample -> sample.callsPerSecond() > 0));
    assertEquals(List.of(inForce(watched.policy())), last.values());
    assertEquals(report.values(KEY).getLast(), last.values().getFirst());
    assertEquals(List.of(), watched.policy().profile().boxes(Section.LEARNERS));
    assertEquals(List.of(), Hak.check(watched.policy().profile()));
  }

  @Test
  void aStackThatHoldsLittleIsNamed() {
    LiveReport report = run(profile(10), "fixed-64", 300).report();
    assertEquals(0, report.learners().getFirst().windows());
    assertEquals(1, report.notes().size(), report.notes().toString());
    assertTrue(
        report.notes().getFirst().contains("never held more than 16 MiB when one was due"),
        report.notes().toString());
  }

  @Test
  void itEndsInTheMiddleOfARoundWhenItIsAskedTo() {
    AtomicInteger asked = new AtomicInteger();
    long begin = System.nanoTime();
    LiveReport report =
        run(profile(60_000), LARGE, 600_000, LiveWatcher.NONE, () -> asked.incrementAndGet() > 2)
            .report();
    assertFalse(report.complete());
    assertEquals(2, report.samples().size(), "the first look and the last");
    assertTrue(System.nanoTime() - begin < Duration.ofMinutes(1).toNanos());
    assertTrue(
        report.notes().getFirst().startsWith("purge-delay had no window: its window is 60,000 ms"),
        report.notes().toString());
  }

  @Test
  void threadsThatWaitForEachOtherEndToo() {
    LiveReport report = run(profile(10), "larson:threads=2", 200).report();
    assertTrue(report.complete());
    assertEquals(2, report.threads());
  }

  @Test
  void whatAProgramRunsIntoIsThrown() {
    Profile small = profile(10).with(StackOptions.LIMIT, 20 << 20);
    assertThrows(OutOfMemoryError.class, () -> run(small, LARGE, 60_000));
  }

  @Test
  void aProfileWithoutLearnersIsRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> run(Hak.profile("default"), "fixed-64", 1));
    assertEquals("profile 'default' names no learner", refused.getMessage());
  }
}
