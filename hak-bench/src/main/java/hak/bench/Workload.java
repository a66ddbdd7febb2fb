package hak.bench;

import hak.bench.trace.Program;
import hak.bench.trace.ShippedTraces;
import hak.bench.trace.TraceFile;
import hak.bench.workload.SyntheticWorkloads;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A named source of a program. The program is made when it is needed, and again each time.
 *
 * @param name {@code trace:NAME} or the name of a synthetic workload
 * @param source makes the program
 */
public record Workload(String name, Supplier<Program> source) {
  /** The program. */
  public Program program() {
    return source.get();
  }

  /** A trace file, {@code .hkt} or {@code .hkt.gz}; it is read when the program is asked for. */
  public static Workload trace(Path file) {
    return new Workload("trace:" + TraceFile.nameOf(file), () -> TraceFile.read(file));
  }

  /**
   * A trace that the project ships.
   *
   * @throws IllegalArgumentException if there is no such trace
   */
  public static Workload shipped(String trace) {
    ShippedTraces.requireKnown(trace);
    return new Workload("trace:" + trace, () -> ShippedTraces.open(trace));
  }

  /** All traces that the project ships. */
  public static List<Workload> allShipped() {
    return ShippedTraces.names().stream().map(Workload::shipped).toList();
  }

  /**
   * A synthetic workload: {@code random-mixed}, {@code random-mixed-legacy}, {@code fixed-SIZE}.
   *
   * @throws IllegalArgumentException if there is no such workload
   */
  public static Workload synthetic(String name) {
    SyntheticWorkloads.requireKnown(name);
    return new Workload(name, () -> SyntheticWorkloads.program(name));
  }
}
