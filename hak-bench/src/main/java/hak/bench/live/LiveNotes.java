package hak.bench.live;

import hak.core.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is to be known about learners that did nothing, failed, or took long. */
final class LiveNotes {
  /** What learners may cost, of one processor. */
  private static final double MOST_COST = 0.01;

  private static final double MIB = 1 << 20;
  private static final double MILLIS_PER_SECOND = 1e3;

  private LiveNotes() {}

  /**
   * Of a run.
   *
   * @param mostResidentBytes the most memory that the stack had behind it when it was looked at
   */
  static List<String> of(Policy policy, double seconds, long mostResidentBytes) {
    List<String> notes = new ArrayList<>();
    for (Policy.Learner learner : policy.learners()) {
      if (learner.windows() == 0) {
        notes.add(
            learner.name() + " had no window: " + whyNone(learner, seconds, mostResidentBytes));
      } else if (learner.decisions() == 0 && learner.failures() == 0) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%s decided nothing in %,d windows: what the profile says is still in force; a"
                    + " longer run may show it more",
                learner.name(),
                learner.windows()));
      }
      if (learner.failures() > 0) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%s failed in %,d of %,d windows, the last time with %s",
                learner.name(),
                learner.failures(),
                learner.windows(),
                learner.lastFailure()));
      }
      double cost = LiveReport.cost(learner, seconds);
      if (cost > MOST_COST) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%s spent %.1f %% of the time in its windows; a longer window costs less",
                learner.name(),
                100 * cost));
      }
    }
    return notes;
  }

  private static String whyNone(Policy.Learner learner, double seconds, long mostResidentBytes) {
    if (seconds * MILLIS_PER_SECOND < learner.windowMillis()) {
      return String.format(
          Locale.ROOT,
          "its window is %,d ms, and the run took %.1f s",
          learner.windowMillis(),
          seconds);
    }
    return String.format(
        Locale.ROOT,
        "the stack never held more than 16 MiB when one was due, and has none then; %.1f MiB of it"
            + " were resident at most",
        mostResidentBytes / MIB);
  }
}
