package hak.cli.learn;

import hak.bench.Workload;
import hak.cli.measure.WorkloadArgument;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say whose calls are looked at: one trace or one workload. */
final class OneWorkload {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads: each makes its own copy of the calls of a trace (default: 1); of a workload,"
              + " its parameter of that name (default: its own).")
  private Integer threads;

  /** One of the two. */
  private static final class Source {
    @Option(
        names = "--trace",
        paramLabel = "TRACE",
        description = "A file (.hkt, .hkt.gz), or the name of a shipped trace.")
    private String trace;

    @Option(
        names = "--workload",
        paramLabel = "NAME",
        description = "A synthetic workload: random-mixed, fixed-64, larson, ... (hak workloads).")
    private String synthetic;
  }

  Workload workload() {
    WorkloadArgument argument = new WorkloadArgument(command.commandLine(), threads, false);
    return source.trace != null
        ? argument.trace(source.trace)
        : argument.synthetic(source.synthetic);
  }
}
