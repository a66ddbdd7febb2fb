package hak.core.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How much free memory a stack may keep for later, whatever its boxes are set to: a part of it
 * empty superslabs, the rest big blocks, so that neither kind starves the other.
 *
 * @param isBounded whether there is a bound but those of the boxes
 * @param superslabs for the pool and its sources
 * @param bigBlocks for large tiers with memory outside of the reservation
 */
public record KeepBudget(boolean isBounded, KeepShare superslabs, KeepShare bigBlocks) {
  /** What superslabs have of a budget, in percent, where nobody says anything else. */
  public static final int USUAL_PERCENT = 50;

  /**
   * What stacks keep that share a bound.
   *
   * @param together bytes of both kinds
   * @param superslabs bytes
   * @param bigBlocks bytes
   */
  public record Kept(AtomicLong together, AtomicLong superslabs, AtomicLong bigBlocks) {
    /** Nothing yet. */
    public Kept() {
      this(new AtomicLong(), new AtomicLong(), new AtomicLong());
    }
  }

  /** No bound but those of the boxes. */
  public static KeepBudget none() {
    return of(KeepShare.NO_BOUND, new Kept(), () -> USUAL_PERCENT);
  }

  /**
   * So much.
   *
   * @param bytes at least 0
   * @param kept by all stacks that share this bound
   * @param superslabPercent the part of it that is for superslabs, from 0 to 100; asked whenever
   *     something is kept
   */
  public static KeepBudget of(long bytes, Kept kept, LongSupplier superslabPercent) {
    LongSupplier big = () -> part(bytes, 100 - superslabPercent.getAsLong());
    return new KeepBudget(
        bytes != KeepShare.NO_BOUND,
        new KeepShare(bytes, () -> bytes - big.getAsLong(), kept.together(), kept.superslabs()),
        new KeepShare(bytes, big, kept.together(), kept.bigBlocks()));
  }

  private static long part(long bytes, long percent) {
    return bytes / 100 * percent + bytes % 100 * percent / 100;
  }
}
