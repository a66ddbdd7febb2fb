package hak.bench.live;

import hak.bench.Progress;
import hak.bench.Workload;
import hak.core.profile.Profile;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What {@link CostTurns} is to measure.
 *
 * @param profile with learners
 * @param workload what is replayed
 * @param turns how often with them, and as often without; 1 or more
 * @param length a turn ends with the first round that ends after so long
 * @param progress told about every turn
 * @param stop asked after every two turns whether somebody wants it to end
 */
public record CostRequest(
    Profile profile,
    Workload workload,
    int turns,
    Duration length,
    Progress progress,
    BooleanSupplier stop) {
  /**
   * Checks the turns.
   *
   * @throws IllegalArgumentException if there are none
   */
  public CostRequest {
    if (turns < 1) {
      throw new IllegalArgumentException(turns + " turns");
    }
  }
}
