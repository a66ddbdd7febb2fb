package hak.cli.measure;

import hak.bench.Workload;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * The options that say what one long replay is of; a synthetic workload if nothing else is said.
 */
final class OneReplay {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      defaultValue = "random-mixed",
      description = "What is replayed: see 'hak workloads' (default: ${DEFAULT-VALUE}).")
  private String workload;

  @Option(
      names = "--trace",
      paramLabel = "TRACE",
      description = "Replay this instead: a file (.hkt, .hkt.gz), or the name of a shipped trace.")
  private String trace;

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
          "Replay a trace with the threads it was recorded with, which hand blocks to each other in"
              + " the recorded order.")
  private boolean ownThreads;

  /** What was asked for. A file is read once, so that a damaged one fails now. */
  Workload workload() {
    WorkloadArgument argument = new WorkloadArgument(command.commandLine(), threads, ownThreads);
    return trace == null ? argument.synthetic(workload) : argument.trace(trace);
  }
}
