package hak.cli.store;

import hak.cli.command.ReportCommand;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.store.bench.speed.StoreBench;
import hak.store.bench.speed.StoreBenchReport;
import hak.store.bench.speed.StoreBenchRequest;
import hak.store.bench.speed.StoreScale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures an object store. */
@Command(
    name = "bench",
    description = {
      "Measures an object store on this machine: reading, writing, two writers against one, and"
          + " handing over to another process.",
      "",
      "Each measurement takes turns with its floor: the same loop on plain memory. A store that"
          + " exists is left as it was; else one is created, and removed at the end. It takes about"
          + " a minute."
    },
    footer = {
      "  hak store bench lab",
      "  hak store bench /dev/shm/lab --rounds 30 --json store.json"
    })
final class StoreBenchCommand extends ReportCommand<StoreBenchReport> {
  @Mixin private StorePath path;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Timed rounds of each measurement (default: ${DEFAULT-VALUE}).")
  private int rounds = StoreBenchRequest.DEFAULT_ROUNDS;

  @Option(
      names = "--quick",
      description = "Do little, to see that it runs; the figures mean nothing.")
  private boolean quick;

  @Override
  protected StoreBenchReport report(ProgressLine progress) {
    atLeastOne("--rounds", rounds);
    StoreScale scale = quick ? StoreScale.QUICK : StoreScale.FULL;
    return StoreBench.run(new StoreBenchRequest(path.path(), rounds, scale, progress));
  }

  @Override
  protected void print(StoreBenchReport report, Page page) {
    new StoreBenchTables(page).print(report);
  }
}
