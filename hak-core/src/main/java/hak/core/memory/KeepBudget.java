package hak.core.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much free memory a stack may keep for later, whatever its boxes are set to: half of it empty
 * superslabs, half of it big blocks, so that neither kind starves the other.
 *
 * @param superslabs for the pool and its sources
 * @param bigBlocks for large tiers with memory outside of the reservation
 */
public record KeepBudget(KeepShare superslabs, KeepShare bigBlocks) {
  /**
   * What stacks keep that share a bound.
   *
   * @param superslabs bytes
   * @param bigBlocks bytes
   */
  public record Kept(AtomicLong superslabs, AtomicLong bigBlocks) {
    /** Nothing yet. */
    public Kept() {
      this(new AtomicLong(), new AtomicLong());
    }
  }

  /** No bound but those of the boxes. */
  public static KeepBudget none() {
    return of(KeepShare.NO_BOUND, KeepShare.NO_BOUND, new Kept());
  }

  /**
   * So much.
   *
   * @param bytes at least 0
   * @param kept by all stacks that share this bound
   */
  public static KeepBudget of(long bytes, Kept kept) {
    return of(bytes - bytes / 2, bytes / 2, kept);
  }

  private static KeepBudget of(long superslabBytes, long bigBytes, Kept kept) {
    return new KeepBudget(
        new KeepShare(superslabBytes, kept.superslabs()),
        new KeepShare(bigBytes, kept.bigBlocks()));
  }
}
