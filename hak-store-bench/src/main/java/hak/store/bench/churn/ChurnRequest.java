package hak.store.bench.churn;

import hak.bench.Progress;
import hak.store.StoreOptions;
import java.nio.file.Path;

/**
 * What {@link Churn} is to do.
 *
 * @param path the store; one that is not there is made and deleted at the end
 * @param capacityBytes limit of the data of a store that is made
 * @param plan what is put and deleted
 * @param progress told about every step
 */
public record ChurnRequest(Path path, long capacityBytes, ChurnPlan plan, Progress progress) {
  /** Capacity of a store that is made when nothing else is asked for: 4 GiB. */
  public static final long DEFAULT_CAPACITY_BYTES = StoreOptions.DEFAULT.capacityBytes();
}
