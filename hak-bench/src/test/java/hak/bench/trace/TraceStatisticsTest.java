package hak.bench.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.trace.TraceSummary.Range;
import hak.bench.trace.TraceSummary.ThreadShare;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceStatisticsTest {
  @Test
  void countsCallsSizesLifetimesAndThreads() {
    TraceStatistics statistics = new TraceStatistics();
    int a = statistics.malloc(100);
    int b = statistics.calloc(28);
    statistics.thread(2);
    statistics.aligned(6, 128);
    a = statistics.realloc(a, 10);
    statistics.free(b);
    statistics.thread(0);
    statistics.free(a);
    TraceSummary summary = statistics.summary();
    assertEquals(6, summary.events());
    assertEquals(
        List.of(1L, 1L, 1L, 2L, 1L),
        List.of(
            summary.mallocs(),
            summary.callocs(),
            summary.aligned(),
            summary.frees(),
            summary.reallocs()));
    assertEquals(266, summary.bytes());
    assertEquals(256, summary.peakBytes());
    assertEquals(2, summary.peakEvent());
    assertEquals(3, summary.peakBlocks());
    assertEquals(1, summary.leftBlocks());
    assertEquals(128, summary.leftBytes());
    assertEquals(3, summary.foreignFrees(), "all three: a's second life began in thread 2");
    assertEquals(
        List.of(
            new Range(9, 16, 1, 10),
            new Range(17, 32, 1, 28),
            new Range(33, 64, 0, 0),
            new Range(65, 128, 2, 228)),
        summary.sizes());
    assertEquals(
        List.of(new Range(2, 2, 1, 10), new Range(3, 4, 2, 128)),
        summary.lifetimes(),
        "a 3, then 2; b 3");
    assertEquals(
        List.of(new ThreadShare(0, 2, 1, 1), new ThreadShare(2, 2, 2, 2)), summary.threads());
    assertEquals(List.of(100L, 128L, 256L, 166L, 138L, 128L), summary.liveBytes());
    assertEquals(List.of(1L, 2L, 3L, 3L, 2L, 1L), summary.liveBlocks());
  }

  @Test
  void nothingIsNothing() {
    TraceSummary summary = new TraceStatistics().summary();
    assertEquals(0, summary.events());
    assertEquals(List.of(), summary.sizes());
    assertEquals(List.of(), summary.threads());
    assertEquals(List.of(0L), summary.liveBytes());
  }

  /**
   * Blocks of one byte, each kept: what is alive after event n is n + 1, so the most tells when.
   */
  @Test
  void stretchesStayFewAndEquallyLong() {
    for (int events : new int[] {511, 512, 513, 514, 1024, 1025, 100_000}) {
      TraceStatistics statistics = new TraceStatistics();
      for (int i = 0; i < events; i++) {
        statistics.malloc(1);
      }
      List<Long> samples = statistics.summary().liveBytes();
      assertTrue(
          samples.size() <= 513 && samples.size() >= Math.min(events, 256), () -> "" + samples);
      long distance = samples.getFirst();
      for (int i = 0; i < samples.size() - 1; i++) {
        assertEquals(distance * (i + 1), samples.get(i), events + " events, sample " + i);
      }
      assertEquals(events, samples.getLast());
    }
  }
}
