package hak.cli.store;

import hak.bench.Ratio;
import hak.cli.output.Page;
import hak.cli.output.RatioCells;
import hak.cli.output.TextTable;
import hak.store.bench.speed.StoreBenchReport;
import java.util.Locale;

/** The tables of {@code hak store bench}. */
final class StoreBenchTables {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final long KIBIBYTE = 1 << 10;
  private static final long MEBIBYTE = 1 << 20;

  private final Page page;

  StoreBenchTables(Page page) {
    this.page = page;
  }

  void print(StoreBenchReport report) {
    page.printf("%s, %s, %d rounds%n%n", report.path(), report.jdk(), report.rounds());
    get(report.get());
    report.writes().forEach(this::write);
    writers(report);
    handOver(report.handOver());
  }

  private void get(StoreBenchReport.Get get) {
    String head =
        String.format(
            Locale.ROOT, "get by ref, %,d objects of %s", get.objects(), size(get.sizeBytes()));
    TextTable table = new TextTable(head, ">ns", ">p50", ">p99", ">by floor", "95 %");
    latency(table, "get, read 8 bytes, close", get.store(), 1, get.byFloor());
    latency(table, "floor: segments in an array", get.floor(), 1, null);
    page.print(table);
    page.println();
  }

  private void write(StoreBenchReport.Write write) {
    String head =
        String.format(
            Locale.ROOT, "write %s, %,d at a time", size(write.sizeBytes()), write.objects());
    TextTable table = new TextTable(head, ">us", ">GB/s", ">of memcpy", "95 %");
    for (StoreBenchReport.Operation operation : write.operations()) {
      table.row(
          operation.name(),
          TextTable.decimal(operation.nanos() / NANOS_PER_MICRO),
          TextTable.decimal(write.sizeBytes() / operation.nanos()),
          RatioCells.value(operation.ofMemcpy()),
          RatioCells.interval(operation.ofMemcpy()));
    }
    table.row(
        "floor: memcpy",
        TextTable.decimal(write.memcpyNanos() / NANOS_PER_MICRO),
        TextTable.decimal(write.sizeBytes() / write.memcpyNanos()),
        "",
        "");
    table.row(
        "delete, not included",
        TextTable.decimal(write.deleteNanos() / NANOS_PER_MICRO),
        "",
        "",
        "");
    page.print(table);
    page.println();
  }

  private void writers(StoreBenchReport report) {
    TextTable table =
        new TextTable(
            "put and delete, copyThreads = 1",
            "size",
            ">one, /s",
            ">two, /s",
            ">two by one",
            "95 %");
    for (StoreBenchReport.Writers row : report.writers()) {
      String size = size(row.sizeBytes());
      scaling(table, "processes", size, row.oneRate(), row.processes());
      scaling(table, "threads of one process", size, row.oneRate(), row.threads());
      scaling(table, "floor: memcpy, processes", size, row.memcpyRate(), row.memcpyProcesses());
    }
    page.print(table);
    page.println();
  }

  private static void scaling(
      TextTable table, String who, String size, double one, StoreBenchReport.Scaling two) {
    table.row(
        who,
        size,
        String.format(Locale.ROOT, "%,.0f", one),
        String.format(Locale.ROOT, "%,.0f", two.rate()),
        RatioCells.value(two.ratio()),
        RatioCells.interval(two.ratio()));
  }

  private void handOver(StoreBenchReport.HandOver handOver) {
    String head = String.format(Locale.ROOT, "hand-over to a process, %,d", handOver.handOvers());
    TextTable table = new TextTable(head, ">us", ">p50", ">p99", ">by pipe", "95 %");
    latency(table, "seal to get", handOver.store(), NANOS_PER_MICRO, handOver.byPipe());
    latency(table, "floor: a line in a pipe", handOver.pipe(), NANOS_PER_MICRO, null);
    page.print(table);
  }

  private static void latency(
      TextTable table, String name, StoreBenchReport.Latency latency, double unit, Ratio ratio) {
    table.row(
        name,
        TextTable.decimal(latency.mean() / unit),
        TextTable.decimal(latency.p50() / unit),
        TextTable.decimal(latency.p99() / unit),
        RatioCells.value(ratio),
        RatioCells.interval(ratio));
  }

  private static String size(long bytes) {
    return bytes % MEBIBYTE == 0 ? bytes / MEBIBYTE + " MiB" : bytes / KIBIBYTE + " KiB";
  }
}
