package hak.cli.learn;

import hak.bench.live.LiveReport;
import hak.cli.output.TextTable;
import hak.core.Policy;
import java.util.List;
import java.util.Locale;

/** What learners did and what they set, as tables; the same while they run and at the end. */
final class LiveTables {
  private static final double MIB = 1 << 20;

  private LiveTables() {}

  /** A row for each learner, after so many seconds. */
  static TextTable learners(List<Policy.Learner> learners, double seconds) {
    TextTable table =
        new TextTable(
            "learner", ">window", ">windows", ">decisions", ">failed", ">time in windows", "last");
    for (Policy.Learner learner : learners) {
      table.row(
          learner.name(),
          TextTable.grouped(learner.windowMillis()) + " ms",
          TextTable.grouped(learner.windows()),
          TextTable.grouped(learner.decisions()),
          TextTable.grouped(learner.failures()),
          percent(LiveReport.cost(learner, seconds)),
          learner.lastFailure());
    }
    return table;
  }

  /** A row for each key that a learner turns. */
  static TextTable settings(List<Policy.Setting> settings) {
    TextTable table = new TextTable("option", ">value", "by", "why");
    for (Policy.Setting setting : settings) {
      table.row(setting.key(), setting.value(), setting.by(), setting.reason());
    }
    return table;
  }

  /** A row for each key that a learner advises. */
  static TextTable advice(List<Policy.Advice> advice) {
    TextTable table = new TextTable("for the next stack", "now", "advised", "by", "why");
    for (Policy.Advice each : advice) {
      table.row(
          each.key(),
          each.was(),
          each.isChange() ? each.value() : "the same",
          each.by(),
          each.reason());
    }
    return table;
  }

  /** What a learner costs is small, and shows as more than nothing. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.3f %%", 100 * share);
  }

  static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f MiB", bytes / MIB);
  }

  static String millions(long count) {
    return String.format(Locale.ROOT, "%,.1f M/s", count / 1e6);
  }
}
