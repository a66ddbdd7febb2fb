package hak.store.peers;

import hak.bench.Ratio;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints a report. */
final class PeersTable {
  private static final double NANOS_PER_MICRO = 1e3;

  private PeersTable() {}

  static void print(PeersReport report, PrintWriter out) {
    out.printf("%s, %d rounds%n", report.jdk(), report.rounds());
    int size = 0;
    String operation = "";
    for (PeersReport.Row row : report.rows()) {
      if (row.sizeBytes() != size) {
        size = row.sizeBytes();
        out.printf(Locale.ROOT, "%n%,d values of %,d KiB%n", row.count(), size >> 10);
        line(out, "operation", "store", "us", "ref by it", "95 %", "name by it", "95 %");
      }
      line(
          out,
          row.operation().equals(operation) ? "" : row.operation(),
          row.contestant(),
          String.format(Locale.ROOT, "%,.3f", row.nanos() / NANOS_PER_MICRO),
          value(row.hakByIt()),
          interval(row.hakByIt()),
          value(row.hakNamesByIt()),
          interval(row.hakNamesByIt()));
      operation = row.operation();
    }
    out.println();
    for (PeersReport.Missing missing : report.missing()) {
      out.printf(
          Locale.ROOT,
          "left out at %,d KiB: %s: %s%n",
          missing.sizeBytes() >> 10,
          missing.contestant(),
          missing.reason());
    }
    out.flush();
  }

  private static void line(PrintWriter out, String... cells) {
    String line = String.format("%-18s  %-22s  %12s  %10s  %-20s  %10s  %-20s", (Object[]) cells);
    out.println(line.stripTrailing());
  }

  private static String value(Ratio ratio) {
    return ratio == null ? "" : String.format(Locale.ROOT, "%.3f", ratio.value());
  }

  private static String interval(Ratio ratio) {
    return ratio == null
        ? ""
        : String.format(Locale.ROOT, "%.3f .. %.3f", ratio.low(), ratio.high());
  }
}
