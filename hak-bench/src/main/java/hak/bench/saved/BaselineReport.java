package hak.bench.saved;

import hak.bench.Change;
import hak.bench.Ratio;
import java.util.List;

/**
 * Figures held against kept ones.
 *
 * @param name what the kept ones were asked for by
 * @param then where the first of them come from
 * @param now where the new ones come from
 * @param rows one for each figure that was kept too, in order
 * @param missing figures that were not: workload and allocator
 */
public record BaselineReport(
    String name, Provenance then, Provenance now, List<Row> rows, List<String> missing) {
  /** Copies the lists. */
  public BaselineReport {
    rows = List.copyOf(rows);
    missing = List.copyOf(missing);
  }

  /**
   * One allocator on one workload.
   *
   * @param workload its name
   * @param allocator {@code HAK} or a peer
   * @param profile the profile that HAK ran with then
   * @param then median nanoseconds per event, as kept
   * @param thenFloor median of the floor, as kept
   * @param now median nanoseconds per event
   * @param nowFloor median of the floor
   * @param ratio now by then, each by its floor; below 1 it has become faster
   * @param p p-value of the Mann-Whitney test, corrected for the number of rows
   * @param change what that says
   */
  public record Row(
      String workload,
      String allocator,
      String profile,
      double then,
      double thenFloor,
      double now,
      double nowFloor,
      Ratio ratio,
      double p,
      Change change) {}
}
