package hak.cli.store;

import hak.cli.command.ExitCode;
import hak.cli.command.ReportCommand;
import hak.cli.output.Page;
import hak.cli.output.Paint;
import hak.cli.output.ProgressLine;
import hak.cli.output.TextTable;
import hak.store.StoreOptions;
import hak.store.StoreStats;
import hak.store.bench.churn.Churn;
import hak.store.bench.churn.ChurnPlan;
import hak.store.bench.churn.ChurnReport;
import hak.store.bench.churn.ChurnRequest;
import hak.store.bench.churn.Discard;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts episodes into a nearly full store and deletes others. */
@Command(
    name = "churn",
    description = {
      "Puts episodes of mixed sizes into a nearly full store and deletes others to make room, as"
          + " the experience buffer of a learner does.",
      "",
      "No put may fail. Some episodes are read back in between, with their checksum and content,"
          + " and all of the store is verified before they are deleted at the end. Nobody else"
          + " should use the store meanwhile.",
      "",
      "A store that is not there is made, and deleted at the end; one that is there is left as it"
          + " was. With the defaults it takes one to two minutes."
    },
    footer = {
      "  hak store churn lab",
      "  hak store churn lab --capacity 256MiB --min 32KiB --max 320KiB --workers 2",
      "  hak store churn /dev/shm/lab --discard oldest --sample 1 --json churn.json"
    })
final class StoreChurnCommand extends ReportCommand<ChurnReport> {
  /** Rows of the table of moments. */
  private static final int MOMENTS = 10;

  private static final double MEGABYTE = 1e6;

  @Mixin private StorePath path;

  @Option(
      names = "--episodes",
      paramLabel = "N",
      description = "How many are put in all (default: ${DEFAULT-VALUE}).")
  private int episodes = ChurnPlan.DEFAULT.episodes();

  @Option(
      names = "--fill",
      paramLabel = "SHARE",
      description = "Share of the store that is kept in use (default: ${DEFAULT-VALUE}).")
  private double fill = ChurnPlan.DEFAULT.fill();

  @Option(
      names = "--min",
      paramLabel = "SIZE",
      defaultValue = "512KiB",
      description = "Size of the smallest episode (default: ${DEFAULT-VALUE}).")
  private String min;

  @Option(
      names = "--max",
      paramLabel = "SIZE",
      defaultValue = "5MiB",
      description = "Size of the largest episode (default: ${DEFAULT-VALUE}).")
  private String max;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Processes that put them (default: ${DEFAULT-VALUE}).")
  private int workers = ChurnPlan.DEFAULT.workers();

  @Option(
      names = "--discard",
      paramLabel = "WHICH",
      defaultValue = "random",
      description = "Which episodes make room: random or oldest (default: ${DEFAULT-VALUE}).")
  private String discard;

  @Option(
      names = "--sample",
      paramLabel = "SHARE",
      description = "Episodes read back for each that is put (default: ${DEFAULT-VALUE}).")
  private double sample = ChurnPlan.DEFAULT.sample();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of sizes, contents and choices (default: ${DEFAULT-VALUE}).")
  private long seed = ChurnPlan.DEFAULT.seed();

  @Option(
      names = "--capacity",
      paramLabel = "SIZE",
      defaultValue = "4GiB",
      description = "Capacity of a store that is made (default: ${DEFAULT-VALUE}).")
  private String capacity;

  @Override
  protected ChurnReport report(ProgressLine progress) {
    try {
      return Churn.run(request(progress));
    } catch (IllegalArgumentException e) {
      throw badInput(e.getMessage(), e);
    }
  }

  @Override
  protected void printFailures(ChurnReport report, Page errors) {
    report.failures().forEach(line -> errors.printError("hak: " + line));
  }

  @Override
  protected int exitCode(ChurnReport report) {
    return report.passed() ? ExitCode.FINE : ExitCode.FAILED;
  }

  private ChurnRequest request(ProgressLine progress) {
    try {
      long capacityBytes =
          bytes(
              "capacity",
              capacity,
              StoreOptions.MIN_CAPACITY_BYTES,
              StoreOptions.MAX_CAPACITY_BYTES);
      long minBytes = bytes("min", min, ChurnPlan.LEAST_BYTES, ChurnPlan.MOST_BYTES);
      long maxBytes = bytes("max", max, ChurnPlan.LEAST_BYTES, ChurnPlan.MOST_BYTES);
      ChurnPlan plan =
          new ChurnPlan(
              episodes, fill, minBytes, maxBytes, workers, sample, Discard.of(discard), seed);
      return new ChurnRequest(path.path(), capacityBytes, plan, progress);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--" + e.getMessage(), e);
    }
  }

  private static long bytes(String name, String text, long least, long most) {
    var option = hak.core.spi.Option.bytes(name, least, most, most, "");
    try {
      return (Long) option.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  @Override
  protected void print(ChurnReport report, Page page) {
    page.printf(
        "%,d episodes of %d %s, the %s make room%n%n",
        report.episodes(),
        report.workers(),
        report.workers() == 1 ? "worker" : "workers",
        report.discard().equals("oldest") ? "oldest" : "random ones");
    printMoments(report.moments(), page);
    TextTable table = new TextTable("episodes", ">");
    table.row("put", TextTable.grouped(report.episodes() - report.failedPuts()));
    table.row("failed", TextTable.grouped(report.failedPuts()));
    table.row("deleted to make room", TextTable.grouped(report.discarded()));
    table.row("read back", TextTable.grouped(report.checked()));
    table.row("wrong when read back", TextTable.grouped(report.wrong()));
    table.row("verified at the end", TextTable.grouped(report.verifiedObjects()));
    table.row("bytes put", TextTable.grouped(report.bytes()));
    table.row("seconds", TextTable.decimal(report.seconds()));
    table.row(
        "MB put in a second", TextTable.decimal(report.bytes() / MEGABYTE / report.seconds()));
    table.row(
        "MB in a second of put",
        TextTable.decimal(report.bytes() / MEGABYTE / report.putSeconds()));
    page.print(table);
    page.println();
    new StoreLedger(report.before(), report.after()).print(page);
    page.printf("%nverified: %s%n", report.passed() ? "yes" : page.paint(Paint.ERROR, "FAILED"));
  }

  private static void printMoments(List<ChurnReport.Moment> moments, Page page) {
    TextTable table =
        new TextTable(
            ">episodes",
            ">fill",
            ">objects",
            ">free bytes",
            ">free stretches",
            ">longest free stretch");
    int every = Math.ceilDiv(moments.size(), MOMENTS);
    for (int i = every - 1; i < moments.size(); i += every) {
      StoreStats store = moments.get(i).store();
      table.row(
          TextTable.grouped(moments.get(i).episodes()),
          String.format(Locale.ROOT, "%.1f%%", 100 * moments.get(i).fill()),
          TextTable.grouped(store.objects()),
          TextTable.grouped(store.capacityBytes() - store.usedBytes()),
          TextTable.grouped(store.freeExtents()),
          TextTable.grouped(store.largestFreeBytes()));
    }
    page.print(table);
    page.println();
  }
}
