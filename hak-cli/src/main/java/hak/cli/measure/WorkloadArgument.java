package hak.cli.measure;

import hak.bench.Workload;
import hak.cli.trace.TraceArgument;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * How a command line names what is replayed.
 *
 * @param command whose options are read
 * @param threads null = one for a trace, and as many as are usual for a workload
 */
public record WorkloadArgument(CommandLine command, Integer threads) {
  /** Refuses a number of threads below 1. */
  public WorkloadArgument {
    if (threads != null && threads < 1) {
      throw new ParameterException(command, "--threads is " + threads + "; it must be 1 or more");
    }
  }

  /** The threads that replay a trace. */
  int copies() {
    return threads == null ? 1 : threads;
  }

  /** A trace by its name or file; a file is read, so that a damaged one fails now. */
  public Workload trace(String trace) {
    try {
      if (new TraceArgument(trace).isFile()) {
        Workload workload = Workload.trace(Path.of(trace), copies());
        workload.program();
        return workload;
      }
      return Workload.shipped(trace, copies());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, "--trace: " + e.getMessage(), e);
    }
  }

  /** A synthetic workload by its name. */
  public Workload synthetic(String name) {
    try {
      return threads == null ? Workload.synthetic(name) : Workload.synthetic(name, threads);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, "--workload: " + e.getMessage(), e);
    }
  }
}
