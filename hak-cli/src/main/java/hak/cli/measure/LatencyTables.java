package hak.cli.measure;

import hak.bench.latency.LatencyReport;
import hak.cli.html.LatencyCells;
import hak.cli.output.Page;
import hak.cli.output.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What times of single calls were found, as text. */
final class LatencyTables {
  private static final long KIBIBYTE = 1 << 10;
  private static final long MEBIBYTE = 1 << 20;

  private final Page page;
  private final boolean byClass;

  /**
   * On a page.
   *
   * @param byClass a row for each size class, else for each range of sizes
   */
  LatencyTables(Page page, boolean byClass) {
    this.page = page;
    this.byClass = byClass;
  }

  void print(LatencyReport report) {
    page.printf(
        "profile %s, %s%s%n",
        report.profile(),
        report.jdk(),
        report.trimmed() ? ", all free memory given back before each round" : "");
    report.runs().forEach(this::print);
  }

  private void print(LatencyReport.Run run) {
    page.printf(
        "%n%s, threads %d, rounds %d, clock %d ns%n%n",
        run.workload(), run.threads(), run.rounds(), run.clockNanos());
    TextTable table =
        new TextTable(
            Stream.concat(
                    Stream.of("ns of a call"), LatencyCells.HEADS.stream().map(head -> ">" + head))
                .toArray(String[]::new));
    for (LatencyReport.Times times : byClass ? run.classes() : run.bands()) {
      row(table, times.operation() + " " + size(times.mostBytes(), byClass), times);
    }
    row(table, "no allocator", run.nothing());
    page.print(table);
    page.println();
    worst(run.worst());
  }

  private static void row(TextTable table, String name, LatencyReport.Times times) {
    table.row(Stream.concat(Stream.of(name), LatencyCells.columns(times)).toArray(String[]::new));
  }

  private static String size(long mostBytes, boolean exact) {
    if (mostBytes == Long.MAX_VALUE) {
      return "more";
    }
    return (exact ? "" : "to ") + bytes(mostBytes);
  }

  /** In the largest unit of which it is a multiple. */
  private static String bytes(long bytes) {
    if (bytes >= MEBIBYTE && bytes % MEBIBYTE == 0) {
      return bytes / MEBIBYTE + " MiB";
    }
    if (bytes >= KIBIBYTE && bytes % KIBIBYTE == 0) {
      return bytes / KIBIBYTE + " KiB";
    }
    return bytes + " B";
  }

  private void worst(List<LatencyReport.SlowCall> calls) {
    TextTable table =
        new TextTable("slow in every round", ">ns", ">thread", ">event", "what it did");
    for (LatencyReport.SlowCall call : calls) {
      table.row(
          call.operation() + " " + bytes(call.mostBytes()),
          TextTable.grouped(call.nanos()),
          Integer.toString(call.thread()),
          TextTable.grouped(call.event()),
          text(call.cause()));
    }
    page.print(table);
  }

  /** What changed, in words. */
  static String text(LatencyReport.Cause cause) {
    List<String> parts = new ArrayList<>();
    if (cause.committedBytes() > 0) {
      parts.add("grew by " + bytes(cause.committedBytes()));
    }
    add(parts, cause.systemCalls(), "system call");
    add(parts, cause.pageFaults(), "page fault");
    if (cause.claimedPages() > 0) {
      add(parts, cause.claimedPages(), "page", "claimed");
    } else {
      add(parts, -cause.claimedPages(), "page", "released");
    }
    if (!cause.inCaches() && cause.cachedBytes() > 0) {
      parts.add(bytes(cause.cachedBytes()) + " into caches");
    } else if (!cause.inCaches() && cause.cachedBytes() < 0) {
      parts.add(bytes(-cause.cachedBytes()) + " out of caches");
    }
    if (cause.remoteBytes() < 0) {
      parts.add("took in " + bytes(-cause.remoteBytes()) + " freed by others");
    } else if (cause.remoteBytes() > 0) {
      parts.add(bytes(cause.remoteBytes()) + " to their owners");
    }
    if (cause.purgedBytes() > 0) {
      parts.add("gave " + bytes(cause.purgedBytes()) + " back");
    }
    add(parts, cause.waits(), "wait");
    add(parts, cause.interruptions(), "interruption");
    if (parts.isEmpty()) {
      parts.add(cause.inCaches() ? "a cache alone" : "a tier, nothing else");
    }
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, long count, String noun) {
    add(parts, count, noun, "");
  }

  private static void add(List<String> parts, long count, String noun, String participle) {
    if (count > 0) {
      String words = count + " " + noun + (count == 1 ? "" : "s");
      parts.add(participle.isEmpty() ? words : words + " " + participle);
    }
  }
}
