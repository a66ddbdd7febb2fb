package hak.cli.measure;

import hak.cli.output.Page;

/** Says which rounds were played again. */
final class RepeatedRounds {
  private RepeatedRounds() {}

  /**
   * A line about a workload, if any round of it was played again.
   *
   * @param repeated how many were
   * @param moved in how many of those that count the floor is beyond the usual
   */
  static void print(Page page, String workload, int repeated, int moved) {
    if (repeated > 0) {
      page.printf(
          "%s: %s played again, for the floor moved%s%n",
          workload,
          repeated == 1 ? "1 round was" : repeated + " rounds were",
          moved == 0 ? "" : "; it still does in " + moved);
    }
  }
}
