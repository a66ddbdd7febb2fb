package hak.bench.soak;

import hak.bench.Progress;
import hak.bench.Workload;
import hak.core.profile.Profile;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What {@link Soak} is to do.
 *
 * @param profile the stack
 * @param workload what is replayed again and again
 * @param length how long in all, the epochs of the log among it
 * @param log keeps the epochs, and has those of a soak that is resumed
 * @param progress told about every epoch
 * @param stop asked after every epoch whether somebody wants it to end
 */
public record SoakRequest(
    Profile profile,
    Workload workload,
    Duration length,
    SoakLog log,
    Progress progress,
    BooleanSupplier stop) {
  /** So many epochs at most, however long the soak is. */
  static final int MOST_EPOCHS = 3600;

  private static final long LEAST_EPOCH_NANOS = 1_000_000_000;

  /** How long an epoch takes: a second, or more in a soak of more than an hour. */
  long epochNanos() {
    return Math.max(LEAST_EPOCH_NANOS, length.toNanos() / MOST_EPOCHS);
  }
}
