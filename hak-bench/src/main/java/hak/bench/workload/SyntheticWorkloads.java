package hak.bench.workload;

import static java.util.stream.Collectors.joining;

import hak.bench.trace.Program;
import hak.core.profile.NearestName;
import java.util.List;

/** The synthetic workloads by name. */
public final class SyntheticWorkloads {
  private static final List<WorkloadFamily> FAMILIES =
      List.of(new RandomMixed(), new RandomMixedLegacy(), new FixedSize());

  private SyntheticWorkloads() {}

  /** The names; families with many name the usual ones. */
  static List<String> names() {
    return FAMILIES.stream().flatMap(family -> family.names().stream()).toList();
  }

  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException naming the nearest and the families, if there is no such
   *     workload
   */
  public static void requireKnown(String name) {
    family(name);
  }

  /**
   * Draws the program of a workload: the same each time.
   *
   * @throws IllegalArgumentException if there is no such workload
   */
  public static Program program(String name) {
    return family(name).program(name);
  }

  private static WorkloadFamily family(String name) {
    return FAMILIES.stream()
        .filter(family -> family.has(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static IllegalArgumentException unknown(String name) {
    String nearest =
        NearestName.of(name, names())
            .map(near -> "did you mean '" + near + "'? There are: ")
            .orElse("there are: ");
    String families = FAMILIES.stream().map(WorkloadFamily::form).collect(joining(", "));
    return new IllegalArgumentException("no workload '" + name + "'; " + nearest + families);
  }
}
