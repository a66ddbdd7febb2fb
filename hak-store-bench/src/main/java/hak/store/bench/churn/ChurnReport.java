package hak.store.bench.churn;

import hak.store.StoreStats;
import java.util.List;

/**
 * What {@link Churn} found.
 *
 * @param workers processes that put
 * @param discard which episodes made room
 * @param episodes episodes that were put
 * @param failedPuts puts for which there was no room
 * @param bytes bytes of the episodes that were put
 * @param discarded episodes that were deleted to make room
 * @param checked episodes that were read back in between
 * @param wrong those of them that had not the checksum or the content that they were put with
 * @param seconds wall time of putting, deleting and reading back
 * @param putSeconds time in put, added up over the workers
 * @param moments the store in the course of time
 * @param verifiedObjects objects that were verified at the end, before they were deleted
 * @param verifiedBytes their bytes
 * @param before the store before
 * @param after the store after all was deleted
 * @param failures what was not as it must be, one line each; empty when all was
 */
public record ChurnReport(
    int workers,
    String discard,
    int episodes,
    long failedPuts,
    long bytes,
    long discarded,
    long checked,
    long wrong,
    double seconds,
    double putSeconds,
    List<Moment> moments,
    int verifiedObjects,
    long verifiedBytes,
    StoreStats before,
    StoreStats after,
    List<String> failures) {
  /** Copies the lists. */
  public ChurnReport {
    moments = List.copyOf(moments);
    failures = List.copyOf(failures);
  }

  /** Whether all was as it must be. */
  public boolean passed() {
    return failures.isEmpty();
  }

  /**
   * The store at one moment, after a share of the episodes.
   *
   * @param episodes episodes that were put
   * @param store its ledger
   */
  public record Moment(long episodes, StoreStats store) {
    /** The share of the capacity that is in use. */
    public double fill() {
      return (double) store.usedBytes() / store.capacityBytes();
    }
  }
}
