package hak.store.bench.train;

import hak.bench.Progress;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What {@link Training} is to do.
 *
 * @param path the store; one that is not there is made, just large enough, and deleted at the end
 * @param plan what is trained
 * @param patience how long the server waits for a worker, and a worker for the server; more than 0
 * @param progress told about every exchange
 */
public record TrainRequest(Path path, TrainPlan plan, Duration patience, Progress progress) {
  /** How long is waited when nothing else is asked for: a minute. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(1);

  /** Waits for {@link #DEFAULT_PATIENCE}. */
  public static TrainRequest of(Path path, TrainPlan plan) {
    return new TrainRequest(path, plan, DEFAULT_PATIENCE, Progress.NONE);
  }
}
