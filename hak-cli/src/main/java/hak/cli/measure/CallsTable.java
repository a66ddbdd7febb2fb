package hak.cli.measure;

import hak.cli.output.Page;
import hak.cli.output.TextTable;
import java.util.Locale;

/** Prints which calls were made, a line for each workload. */
final class CallsTable {
  private final TextTable table =
      new TextTable("calls of a round", ">threads", ">by each", ">remote frees", "checksum");

  /**
   * Adds a workload.
   *
   * @param calls of one thread, the mean
   * @param remoteShare frees of blocks that another thread allocated, a fraction of all
   */
  void add(String workload, int threads, long calls, double remoteShare, String checksum) {
    table.row(
        workload,
        Integer.toString(threads),
        TextTable.grouped(calls),
        String.format(Locale.ROOT, "%.1f%%", 100 * remoteShare),
        checksum);
  }

  void print(Page page) {
    page.print(table);
    page.println();
  }

  /** A cell: millions of calls in a second, of all threads together. */
  static String millionsPerSecond(int threads, double nanosPerCall) {
    return String.format(Locale.ROOT, "%,.1f", 1000 * threads / nanosPerCall);
  }
}
