package hak.bench.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.bench.replay.Crew;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.ProgramBuilder;
import hak.core.memory.SizeClasses;
import java.util.List;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class TimesTableTest {
  private static final long CLOCK = 20;

  private final Histogram[] histograms = new Histogram[CallKinds.COUNT];

  /** A program whose events have the kinds that are needed: malloc of 16, 48 and 100 bytes. */
  private static CallKinds kinds() {
    ProgramBuilder builder = new ProgramBuilder(3);
    builder.malloc(16);
    builder.malloc(48);
    builder.free(builder.malloc(100));
    try (Crew crew = new Crew(1)) {
      return CallKinds.of(
          ParallelProgram.copies(builder.build(), 1), crew, SizeClasses.of(16, 48, 128));
    }
  }

  private void record(int kind, LongStream times) {
    histograms[kind] = CallTimes.histogram();
    times.forEach(histograms[kind]::recordValue);
  }

  @Test
  void rangesHaveTheTimesOfTheirClasses() {
    CallKinds kinds = kinds();
    short[] events = kinds.ofThread(0);
    record(events[0], LongStream.rangeClosed(21, 60));
    record(events[1], LongStream.rangeClosed(61, 120));
    record(events[3], LongStream.of(15));
    TimesTable table = new TimesTable(kinds, histograms, CLOCK);
    assertEquals(
        List.of("malloc 16 40", "malloc 48 60", "free 128 1"),
        table.classes().stream()
            .map(row -> row.operation() + " " + row.mostBytes() + " " + row.calls())
            .toList());
    List<LatencyReport.Times> bands = table.bands();
    assertEquals(
        List.of(
            new LatencyReport.Times("malloc", 64, 100, 50, 90, 99, 100, 100, 100),
            new LatencyReport.Times("free", 1024, 1, 0, 0, 0, 0, 0, 0)),
        bands);
  }
}
