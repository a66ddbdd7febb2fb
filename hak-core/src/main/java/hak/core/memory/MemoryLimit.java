package hak.core.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory a stack holds and may hold. Counted where memory is taken and given back:
 * superslabs whole while they have memory behind them, in use or kept; steps of metadata, and so
 * thread heaps; what large tiers have outside of the reservation. Any thread may call.
 *
 * <pre>
 *   0 &lt;= held &lt;= hard          always: held is raised by a compare-and-set that looks first
 *   soft &lt;= ceiling &lt;= hard    blocks stop at the ceiling, metadata at the hard limit
 * </pre>
 *
 * <p>At the soft limit blocks are refused once, so that the stack gives back what it keeps for
 * later, as it does when the system refuses; then the ceiling rises by a step. It is the soft limit
 * again when less is held than that.
 */
public final class MemoryLimit {
  /** In place of a limit: none. */
  public static final long NONE = Long.MAX_VALUE;

  /** The ceiling rises by this part of the soft limit at least. */
  private static final int STEPS = 8;

  private final long hardBytes;
  private final long softBytes;
  private final AtomicLong held = new AtomicLong();
  private volatile long ceiling;

  /**
   * Nothing held yet.
   *
   * @param hardBytes positive, or {@link #NONE}
   * @param softBytes positive, or {@link #NONE}
   */
  public MemoryLimit(long hardBytes, long softBytes) {
    this.hardBytes = hardBytes;
    this.softBytes = Math.min(softBytes, hardBytes);
    ceiling = this.softBytes;
  }

  /** No limit; what is held is counted all the same. */
  public static MemoryLimit none() {
    return new MemoryLimit(NONE, NONE);
  }

  /** Takes memory for blocks; false, and nothing changed, beyond the ceiling. */
  public boolean tryTake(long bytes) {
    return take(bytes, ceiling);
  }

  /** Takes memory for metadata; false, and nothing changed, beyond the hard limit. */
  boolean tryTakeMetadata(long bytes) {
    return take(bytes, hardBytes);
  }

  private boolean take(long bytes, long most) {
    long before;
    do {
      before = held.get();
      if (bytes > most - before) {
        return false;
      }
    } while (!held.compareAndSet(before, before + bytes));
    return true;
  }

  /** Gives back what was taken. */
  public void give(long bytes) {
    long left = held.addAndGet(-bytes);
    assert left >= 0 : "more was given back than taken";
    if (left < softBytes && ceiling != softBytes) {
      ceiling = softBytes;
    }
  }

  /**
   * After everything that is kept for later was given back: lets the stack go beyond the soft limit
   * by a step, and by what is asked for.
   */
  public void rise(long bytes) {
    long step = Math.max(softBytes / STEPS, 2L * PageRuns.SUPERSLAB_BYTES);
    long from = Math.max(softBytes, held.get());
    long room = hardBytes - from;
    ceiling = bytes > room - step || room < step ? hardBytes : from + step + bytes;
  }

  /** Whether there is a hard limit. */
  public boolean isSet() {
    return hardBytes != NONE;
  }

  /** The hard limit, or {@link #NONE}. */
  public long hardBytes() {
    return hardBytes;
  }

  /** Bytes held now. */
  public long heldBytes() {
    return held.get();
  }
}
