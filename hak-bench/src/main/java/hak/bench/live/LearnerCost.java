package hak.bench.live;

import hak.bench.Ratio;
import java.util.Locale;

/**
 * What the learners of a stack cost a program.
 *
 * @param turns how often it ran with them, and as often without
 * @param turnSeconds how long it ran in a turn, in the median
 * @param windows windows of the learners, all together
 * @param windowShare time in windows, in parts of the time of the turns with learners; by the
 *     clock, so it is more than that of a processor where a thread waits for one
 * @param housekeeperShare processor time of the housekeeper's thread in a second, with learners; in
 *     the median of the turns
 * @param plainHousekeeperShare the same without them
 * @param processorTime processor time of the process for a call, all threads of it, with learners
 *     by that without
 */
public record LearnerCost(
    int turns,
    double turnSeconds,
    long windows,
    double windowShare,
    double housekeeperShare,
    double plainHousekeeperShare,
    Ratio processorTime) {
  /** In a sentence. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%.3f %% of the time in %,d windows; the housekeeper took %.3f %% of a processor with"
            + " learners, %.3f %% without; a call %.3f (%.3f .. %.3f) of the processor time"
            + " without, %d turns of %.1f s each",
        100 * windowShare,
        windows,
        100 * housekeeperShare,
        100 * plainHousekeeperShare,
        processorTime.value(),
        processorTime.low(),
        processorTime.high(),
        turns,
        turnSeconds);
  }
}
