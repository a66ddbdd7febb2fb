package hak.bench;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import hak.bench.trace.ShippedTraces;
import hak.bench.trace.TraceFile;
import hak.bench.workload.SyntheticWorkloads;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A named source of a program. The program is made when it is needed, and again each time.
 *
 * @param name {@code trace:NAME}, {@code trace:NAME/threads} with its own threads, or what a
 *     synthetic workload was asked for by
 * @param threads how many threads replay it, 1 or more
 * @param source makes the program, of so many threads
 */
public record Workload(String name, int threads, Supplier<ParallelProgram> source) {
  /**
   * Checks the threads.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Workload {
    if (threads < 1) {
      throw new IllegalArgumentException(name + ": " + threads + " threads");
    }
  }

  /** The program. */
  public ParallelProgram program() {
    return source.get();
  }

  /** One program that so many threads replay at the same time, each its own copy. */
  public static Workload copies(String name, int threads, Supplier<Program> source) {
    return new Workload(name, threads, () -> ParallelProgram.copies(source.get(), threads));
  }

  /**
   * A trace file, {@code .hkt} or {@code .hkt.gz}; it is read when the program is asked for.
   *
   * @param threads how many replay their own copy
   */
  public static Workload trace(Path file, int threads) {
    return copies("trace:" + TraceFile.nameOf(file), threads, () -> TraceFile.read(file));
  }

  /**
   * A trace file with its threads: each makes the calls that it made when it was recorded, and
   * blocks go from one to the other in the recorded order. The file is read now, too, to know how
   * many there are.
   *
   * @throws hak.bench.trace.TraceException if it cannot be read or is not valid
   */
  public static Workload traceThreads(Path file) {
    return withOwnThreads(TraceFile.nameOf(file), () -> TraceFile.readThreads(file));
  }

  /**
   * A trace that the project ships, with its threads: see {@link #traceThreads}.
   *
   * @throws IllegalArgumentException if there is no such trace
   */
  public static Workload shippedThreads(String trace) {
    return withOwnThreads(trace, () -> ShippedTraces.openThreads(trace));
  }

  private static Workload withOwnThreads(String trace, Supplier<ParallelProgram> source) {
    return new Workload("trace:" + trace + "/threads", source.get().threads(), source);
  }

  /**
   * A trace that the project ships.
   *
   * @param threads how many replay their own copy
   * @throws IllegalArgumentException if there is no such trace
   */
  public static Workload shipped(String trace, int threads) {
    ShippedTraces.requireKnown(trace);
    return copies("trace:" + trace, threads, () -> ShippedTraces.open(trace));
  }

  /**
   * A synthetic workload with its parameters at their defaults: {@code larson}, {@code fixed-64};
   * or with some of them set: {@code larson:slots=1000,threads=4}. Which there are, {@link
   * SyntheticWorkloads#all} says.
   *
   * @throws IllegalArgumentException if there is no such workload or parameter, or a value is out
   *     of range; the message says what there is
   */
  public static Workload synthetic(String request) {
    return of(SyntheticWorkloads.parse(request));
  }

  /**
   * As {@link #synthetic(String)}, with a number of threads for a workload that is not asked for
   * with one.
   */
  public static Workload synthetic(String request, int threads) {
    return of(SyntheticWorkloads.parse(request).withThreads(threads));
  }

  private static Workload of(SyntheticWorkloads.Request request) {
    return new Workload(request.text(), request.threads(), request::program);
  }
}
