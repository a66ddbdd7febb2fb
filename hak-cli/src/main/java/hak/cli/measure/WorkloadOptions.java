package hak.cli.measure;

import hak.bench.RunRequest;
import hak.bench.Workload;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say what is replayed and how often. */
final class WorkloadOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--trace",
      arity = "1..*",
      paramLabel = "TRACE",
      description = "Replay these: files (.hkt, .hkt.gz), or names of shipped traces.")
  private List<String> traces = List.of();

  @Option(
      names = "--workload",
      arity = "1..*",
      paramLabel = "NAME",
      description =
          "Replay these: random-mixed, fixed-64, larson, ... (hak workloads); parameters follow a"
              + " colon: larson:slots=1000,generations=8.")
  private List<String> synthetics = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads: each replays its own copy of a trace (default: 1); of a workload, its parameter"
              + " of that name (default: its own).")
  private Integer threads;

  @Option(
      names = "--own-threads",
      description =
          "Replay traces with the threads they were recorded with, which hand blocks to each other"
              + " in the recorded order.")
  private boolean ownThreads;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Timed rounds (default: ${DEFAULT-VALUE}).")
  private int rounds;

  /** With as many rounds as are usual. */
  WorkloadOptions() {
    this(RunRequest.DEFAULT_ROUNDS);
  }

  /** With another number of rounds where none is given. */
  WorkloadOptions(int rounds) {
    this.rounds = rounds;
  }

  int rounds() {
    return rounds;
  }

  /**
   * What was asked for, all shipped traces when nothing was. Files are read once, so that a damaged
   * one fails now.
   */
  List<Workload> workloads() {
    WorkloadArgument argument = new WorkloadArgument(command.commandLine(), threads, ownThreads);
    List<Workload> workloads = new ArrayList<>();
    for (String trace : traces) {
      workloads.add(argument.trace(trace));
    }
    for (String synthetic : synthetics) {
      workloads.add(argument.synthetic(synthetic));
    }
    return workloads.isEmpty() ? argument.allShipped() : workloads;
  }
}
