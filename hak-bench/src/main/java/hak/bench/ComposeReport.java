package hak.bench;

import java.util.List;

/**
 * What composition costs on random-mixed.
 *
 * @param jdk version and name of the JVM
 * @param noise the profile against itself: how far two equal things are apart here
 * @param doNothingBoxes the profile with 4 do-nothing caches in front, by the profile itself
 * @param crowd each of several stacks that share a JVM, by the same stack alone in a JVM
 */
public record ComposeReport(String jdk, Row noise, Row doNothingBoxes, List<Row> crowd) {
  /** Copies the list. */
  public ComposeReport {
    crowd = List.copyOf(crowd);
  }

  /**
   * One comparison.
   *
   * @param name what is compared
   * @param nanosPerEvent median of the first
   * @param baseNanosPerEvent median of the second
   * @param ratio first by second
   */
  public record Row(String name, double nanosPerEvent, double baseNanosPerEvent, Ratio ratio) {}
}
