package hak.bench.hot;

import hak.bench.Progress;
import hak.bench.Workload;
import hak.core.profile.Profile;
import java.time.Duration;

/**
 * What {@link Hot} is to do.
 *
 * @param profile the stack
 * @param workload what to replay
 * @param length how long to take samples, more than zero
 * @param progress told about every step
 */
public record HotRequest(Profile profile, Workload workload, Duration length, Progress progress) {
  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public HotRequest {
    if (!length.isPositive()) {
      throw new IllegalArgumentException(length + " of samples");
    }
  }
}
