package hak.cli.store;

import hak.cli.command.ExitCode;
import hak.cli.command.ReportCommand;
import hak.cli.output.Page;
import hak.cli.output.Paint;
import hak.cli.output.ProgressLine;
import hak.cli.output.TextTable;
import hak.store.bench.train.TrainPlan;
import hak.store.bench.train.TrainReport;
import hak.store.bench.train.TrainRequest;
import hak.store.bench.train.Training;
import java.util.Collections;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model in several processes that exchange its parameters through a store. */
@Command(
    name = "train",
    description = {
      "Trains a small model in several processes that exchange its parameters through a store, and"
          + " checks the result bit for bit against the same training in one process.",
      "",
      "Every few epochs each worker writes its parameters into an object, and the server, which is"
          + " this process, averages them into one object for each worker: 8 objects of 5 MB at a"
          + " time with the defaults, 320 in all. Checked are the checksum and the content of each"
          + " object, that the bytes in use are the same at each exchange, and that nothing is left"
          + " behind. Nobody else should use the store meanwhile.",
      "",
      "A store that is not there is made, just large enough, and deleted at the end; one that is"
          + " there is left as it was. With the defaults it takes about half a minute."
    },
    footer = {
      "  hak store train lab",
      "  hak store train /dev/shm/lab --workers 2 --epochs 50 --sync 1 --json train.json"
    })
final class StoreTrainCommand extends ReportCommand<TrainReport> {
  /** Rows of the table of losses, besides the first. */
  private static final int LOSSES = 8;

  @Mixin private StorePath path;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Processes that train, each on examples of its own (default: ${DEFAULT-VALUE}).")
  private int workers = TrainPlan.DEFAULT.workers();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often each goes through its examples (default: ${DEFAULT-VALUE}).")
  private int epochs = TrainPlan.DEFAULT.epochs();

  @Option(
      names = "--sync",
      paramLabel = "N",
      description =
          "Exchange after every N epochs, and after the last (default: ${DEFAULT-VALUE}).")
  private int sync = TrainPlan.DEFAULT.epochsPerSync();

  @Option(
      names = "--features",
      paramLabel = "N",
      description =
          "Inputs of the model, with 256 B of parameters for each (default: ${DEFAULT-VALUE}).")
  private int features = TrainPlan.DEFAULT.features();

  @Option(
      names = "--examples",
      paramLabel = "N",
      description = "Examples of each worker (default: ${DEFAULT-VALUE}).")
  private int examples = TrainPlan.DEFAULT.examples();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the examples and the first parameters (default: ${DEFAULT-VALUE}).")
  private long seed = TrainPlan.DEFAULT.seed();

  @Override
  protected TrainReport report(ProgressLine progress) {
    return Training.run(
        new TrainRequest(path.path(), plan(), TrainRequest.DEFAULT_PATIENCE, progress));
  }

  @Override
  protected void printFailures(TrainReport report, Page errors) {
    report.failures().forEach(line -> errors.printError("hak: " + line));
  }

  @Override
  protected int exitCode(TrainReport report) {
    return report.passed() ? ExitCode.FINE : ExitCode.FAILED;
  }

  private TrainPlan plan() {
    try {
      return new TrainPlan(workers, epochs, sync, features, examples, seed);
    } catch (IllegalArgumentException e) {
      throw badInput("--" + e.getMessage(), e);
    }
  }

  @Override
  protected void print(TrainReport report, Page page) {
    page.printf(
        "%d workers, %,d epochs, %,d parameters in objects of %,d B%n%n",
        report.workers(), report.epochs(), report.parameters(), report.objectBytes());
    printLosses(report, page);
    TextTable table = new TextTable("exchange", ">");
    table.row("syncs", TextTable.grouped(report.syncs()));
    table.row("objects", TextTable.grouped(report.objects()));
    table.row("bytes", TextTable.grouped(report.bytes()));
    table.row("bytes in use at each sync", TextTable.grouped(report.usedBytes()));
    table.row("objects with the right checksum", TextTable.grouped(report.intactObjects()));
    table.row("objects with the right content", TextTable.grouped(report.equalObjects()));
    table.row("model equal to that of one process", report.equalModel() ? "yes" : "NO");
    table.row("seconds", TextTable.decimal(report.seconds()));
    table.row("server waited, seconds", TextTable.decimal(report.serverWaitSeconds()));
    table.row(
        "longest-waiting worker, seconds",
        TextTable.decimal(Collections.max(report.workerWaitSeconds())));
    page.print(table);
    page.println();
    new StoreLedger(report.before(), report.after()).print(page);
    page.printf("%nverified: %s%n", report.passed() ? "yes" : page.paint(Paint.ERROR, "FAILED"));
  }

  private static void printLosses(TrainReport report, Page page) {
    TextTable table = new TextTable(">epoch", ">loss");
    int every = Math.ceilDiv(report.syncs(), LOSSES);
    for (int i = 0; i <= report.syncs(); i++) {
      if (i % every == 0 || i == report.syncs()) {
        TrainReport.Loss loss = report.losses().get(i);
        table.row(TextTable.grouped(loss.epoch()), String.format(Locale.ROOT, "%.6f", loss.loss()));
      }
    }
    page.print(table);
    page.println();
  }
}
