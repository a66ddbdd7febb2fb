package hak.cli.measure;

import hak.bench.Workload;
import hak.bench.trace.ShippedTraces;
import hak.bench.trace.TraceFile;
import hak.cli.trace.TraceArgument;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * How a command line names what is replayed.
 *
 * @param command whose options are read
 * @param threads null = one for a trace, and as many as are usual for a workload
 * @param ownThreads whether a trace has the threads with which it was recorded
 */
public record WorkloadArgument(CommandLine command, Integer threads, boolean ownThreads) {
  /** Refuses a number of threads below 1. */
  public WorkloadArgument {
    if (threads != null && threads < 1) {
      throw new ParameterException(command, "--threads is " + threads + "; it must be 1 or more");
    }
    if (ownThreads && threads != null) {
      throw new ParameterException(
          command, "--own-threads and --threads: a trace has its own threads or so many copies");
    }
  }

  private int copies() {
    return threads == null ? 1 : threads;
  }

  /** All traces that the project ships. */
  List<Workload> allShipped() {
    return ShippedTraces.names().stream().map(this::trace).toList();
  }

  /** A trace by its name or file; a file is read, so that a damaged one fails now. */
  public Workload trace(String trace) {
    try {
      boolean isFile = new TraceArgument(trace).isFile();
      if (ownThreads) {
        return isFile ? Workload.traceThreads(Path.of(trace)) : Workload.shippedThreads(trace);
      }
      if (isFile) {
        TraceFile.requireReadableAgain(Path.of(trace));
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
