package hak.bench.workload;

import hak.bench.trace.Program;
import java.util.List;

/**
 * Workloads of one kind, by name. A new family is a class like {@link FixedSize} and a place in the
 * list of {@link SyntheticWorkloads}.
 */
interface WorkloadFamily {
  /** What messages call it: its only name, or what its names look like. */
  String form();

  /** Its names, or the usual ones where there are many. */
  List<String> names();

  /** Whether it has a workload of that name. */
  default boolean has(String name) {
    return names().contains(name);
  }

  /** Draws the program of a name that it has: the same each time. */
  Program program(String name);
}
