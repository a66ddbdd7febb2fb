package hak.cli;

import hak.store.bench.speed.StoreBench;
import hak.store.bench.speed.StoreBenchReport;
import hak.store.bench.speed.StoreBenchRequest;
import hak.store.bench.speed.StoreScale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures an object store. */
@Command(
    name = "bench",
    description = {
      "Measures an object store on this machine: reading, writing, two writers against one, and"
          + " handing over to another process.",
      "",
      "Each measurement takes turns with its floor: the same loop on plain memory. A store that"
          + " exists is left as it was; else one is created, and removed at the end."
    },
    footer = {
      "  hak store bench lab",
      "  hak store bench /dev/shm/lab --rounds 30 --json store.json"
    })
final class StoreBenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StorePath path;
  @Mixin private JsonTarget json;

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
  public Integer call() {
    json.requireWritable();
    if (rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--rounds is " + rounds + "; it must be 1 or more");
    }
    StoreScale scale = quick ? StoreScale.QUICK : StoreScale.FULL;
    StoreBenchReport report;
    try (ProgressLine progress = ProgressLine.start(json.isStandardOutput())) {
      report = StoreBench.run(new StoreBenchRequest(path.path(), rounds, scale, progress));
    }
    if (!json.isStandardOutput()) {
      new StoreBenchTables(spec.commandLine().getOut()).print(report);
    }
    json.write(Json.of(report));
    return ExitCode.FINE;
  }
}
