package hak.cli.html;

import hak.bench.latency.LatencyReport;
import hak.cli.output.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The table of a workload's single calls, as a scorecard has it. */
public final class LatencyCells {
  /** The heads of all columns but the first, which says what is called. */
  public static final List<String> HEADS =
      List.of("calls", "50 %", "90 %", "99 %", "99.9 %", "99.99 %", "longest");

  private LatencyCells() {}

  /** A row for each operation and range of sizes, and one of the loop with no allocator. */
  public static List<List<String>> rows(LatencyReport.Run run) {
    List<List<String>> rows = new ArrayList<>();
    run.bands().forEach(times -> rows.add(row(name(times), times)));
    rows.add(row("no allocator", run.nothing()));
    return rows;
  }

  private static String name(LatencyReport.Times times) {
    return times.operation()
        + (times.mostBytes() == Long.MAX_VALUE
            ? ", larger"
            : " to " + TextTable.grouped(times.mostBytes()) + " B");
  }

  private static List<String> row(String name, LatencyReport.Times times) {
    return Stream.concat(Stream.of(name), columns(times)).toList();
  }

  /** The columns of {@link #HEADS}. */
  public static Stream<String> columns(LatencyReport.Times times) {
    return Stream.of(
            times.calls(),
            times.p50(),
            times.p90(),
            times.p99(),
            times.p999(),
            times.p9999(),
            times.longest())
        .map(TextTable::grouped);
  }
}
