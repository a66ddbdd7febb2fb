package hak.bench.workload;

import hak.bench.trace.Program;
import hak.core.profile.NearestName;
import java.util.ArrayList;
import java.util.List;

/** The synthetic workloads by name. */
public final class SyntheticWorkloads {
  private static final String FIXED = "fixed-";
  private static final int SMALLEST_FIXED_BYTES = 16;
  private static final int LARGEST_FIXED_BYTES = 1024;

  private SyntheticWorkloads() {}

  /** The names; {@code fixed-SIZE} takes other sizes from 16 to 1024 too. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(List.of("random-mixed", "random-mixed-legacy"));
    for (int size = SMALLEST_FIXED_BYTES; size <= LARGEST_FIXED_BYTES; size *= 2) {
      names.add(FIXED + size);
    }
    return List.copyOf(names);
  }

  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException naming the nearest, if there is no such workload
   */
  public static void requireKnown(String name) {
    if (!names().contains(name) && fixedSize(name) == 0) {
      throw new IllegalArgumentException(
          "no workload '" + name + "'" + NearestName.hint(name, names()));
    }
  }

  /**
   * Draws the program of a workload: the same each time.
   *
   * @throws IllegalArgumentException if there is no such workload
   */
  public static Program program(String name) {
    requireKnown(name);
    return switch (name) {
      case "random-mixed" -> SlotMix.randomMixed();
      case "random-mixed-legacy" -> SlotMix.randomMixedLegacy();
      default -> SlotMix.fixed(fixedSize(name));
    };
  }

  /** The size in {@code fixed-SIZE}, 0 if the name is not of this kind. */
  private static int fixedSize(String name) {
    if (!name.matches(FIXED + "[1-9][0-9]{1,3}")) {
      return 0;
    }
    int size = Integer.parseInt(name.substring(FIXED.length()));
    return size >= SMALLEST_FIXED_BYTES && size <= LARGEST_FIXED_BYTES ? size : 0;
  }
}
