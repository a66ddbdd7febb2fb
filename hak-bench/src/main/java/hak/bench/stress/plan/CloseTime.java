package hak.bench.stress.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** When the stacks of a stress are closed. */
public enum CloseTime {
  /** Every other one while its threads use it. */
  RACING,

  /** All when their threads have ended. */
  BETWEEN;

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException naming all of them
   */
  public static CloseTime of(String name) {
    for (CloseTime each : values()) {
      if (each.toString().equals(name)) {
        return each;
      }
    }
    String names =
        Arrays.stream(values()).map(CloseTime::toString).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("close is '" + name + "'; it must be one of " + names);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
