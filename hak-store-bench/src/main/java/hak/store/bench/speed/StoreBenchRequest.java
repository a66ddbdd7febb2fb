package hak.store.bench.speed;

import hak.bench.Progress;
import java.nio.file.Path;

/**
 * What {@link StoreBench} is to do.
 *
 * @param path the store; created, and removed at the end, when there is none
 * @param rounds timed rounds of each measurement, 1 or more
 * @param scale how much a round does
 * @param progress told about every step
 */
public record StoreBenchRequest(Path path, int rounds, StoreScale scale, Progress progress) {
  /** Timed rounds, unless asked for otherwise. */
  public static final int DEFAULT_ROUNDS = 12;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public StoreBenchRequest {
    if (rounds < 1) {
      throw new IllegalArgumentException(rounds + " rounds");
    }
  }
}
