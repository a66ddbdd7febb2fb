package hak.cli.store;

import hak.cli.output.Page;
import hak.cli.output.TextTable;
import hak.store.StoreProcess;
import hak.store.StoreStats;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints a line for each look at a store, with what happened since the look before it. */
final class StoreWatch {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int LINES_BELOW_HEADS = 20;

  private final Page page;
  private StoreStats before;
  private Map<Integer, Long> waitsBefore = Map.of();
  private int lines;

  StoreWatch(Page page) {
    this.page = page;
  }

  void print(LocalTime now, StoreStats stats, List<StoreProcess> processes) {
    if (lines++ % LINES_BELOW_HEADS == 0) {
      line("time", "objects", "used", "committed", "fragmented", "evicted", "waits", "views");
    }
    line(
        TIME.format(now),
        TextTable.grouped(stats.objects()),
        percent(stats.usedBytes(), stats.capacityBytes()),
        percent(stats.committedBytes(), stats.capacityBytes()),
        percent(stats.freeBytes() - stats.largestFreeBytes(), stats.freeBytes()),
        since(stats.evictions() - (before == null ? 0 : before.evictions())),
        since(waitsSince(processes)),
        views(processes));
    page.flush();
    before = stats;
    waitsBefore = waits(processes);
  }

  private void line(Object... cells) {
    page.println(
        String.format(Locale.ROOT, "%-8s  %9s  %6s  %9s  %10s  %9s  %9s  %s", cells)
            .stripTrailing());
  }

  /** Of the first line nothing is known. */
  private String since(long count) {
    return before == null ? "-" : TextTable.grouped(count);
  }

  private static String percent(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
  }

  /** Waits by process id; processes of several namespaces may share one. */
  private static Map<Integer, Long> waits(List<StoreProcess> processes) {
    return processes.stream()
        .collect(Collectors.toMap(StoreProcess::pid, StoreProcess::waits, Long::sum, TreeMap::new));
  }

  /** A process that has come since begins at 0; those of one that went are not known. */
  private long waitsSince(List<StoreProcess> processes) {
    long sum = 0;
    for (Map.Entry<Integer, Long> now : waits(processes).entrySet()) {
      sum += Math.max(0, now.getValue() - waitsBefore.getOrDefault(now.getKey(), 0L));
    }
    return sum;
  }

  private static String views(List<StoreProcess> processes) {
    return processes.stream()
        .filter(process -> process.views() > 0)
        .map(process -> process.pid() + ":" + process.views())
        .collect(Collectors.joining(" "));
  }
}
