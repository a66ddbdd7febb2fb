package hak.core.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How much free memory those of one kind may keep for later: superslabs, or big blocks. Several
 * stacks may share a bound. Any thread may call; nothing here takes a lock or needs the Java heap.
 *
 * <pre>
 *   all      = own of every stack that shares the bound and is open     but inside of a call
 *   together = all of both kinds
 *   all &lt;= most, together &lt;= budget                                  after {@link #tryKeep}; after
 *                                                                       {@link #keep} who called gives back
 * </pre>
 *
 * <p>What is most for a kind may change at any time. Where it falls, what is kept beyond it counts
 * for both kinds until it is given back: together they never keep more than the budget.
 *
 * <p>Where there is no bound nothing is counted and nothing is refused.
 */
public final class KeepShare {
  /** In place of a bound: none. */
  static final long NO_BOUND = Long.MAX_VALUE;

  /** In place of what is kept: the stack is closed, and what it kept is nobody's. */
  private static final long CLOSED = Long.MIN_VALUE;

  private final long budgetBytes;
  private final LongSupplier mostBytes;
  private final AtomicLong together;
  private final AtomicLong all;
  private final AtomicLong own = new AtomicLong();

  /** What is known of the worth of the bound; see {@link #reusedBytes} and {@link #missedBytes}. */
  private final AtomicLong reused = new AtomicLong();

  private final AtomicLong givenUp = new AtomicLong();
  private final AtomicLong missed = new AtomicLong();

  /**
   * The share of one stack.
   *
   * @param budgetBytes for both kinds of all stacks together, or {@link #NO_BOUND}
   * @param mostBytes for this kind, asked at every call
   * @param together what all stacks keep of both kinds
   * @param all what they keep of this kind
   */
  KeepShare(long budgetBytes, LongSupplier mostBytes, AtomicLong together, AtomicLong all) {
    this.budgetBytes = budgetBytes;
    this.mostBytes = mostBytes;
    this.together = together;
    this.all = all;
    link();
  }

  /** Goes once through what is called where the stack may be near its end. */
  private void link() {
    tryAdd(all, 0, mostBytes.getAsLong());
    addToAll(0);
    addOwn(0);
    givenUp.set(1);
    takeFresh(1);
    missed.set(0);
    reuse(0);
  }

  private boolean isBounded() {
    return budgetBytes != NO_BOUND;
  }

  /** Keeps so much more if it may; false, and nothing changed, if not. */
  public boolean tryKeep(long bytes) {
    if (!isBounded()) {
      return true;
    }
    if (!tryAdd(all, bytes, mostBytes.getAsLong())) {
      return false;
    }
    if (!tryAdd(together, bytes, budgetBytes)) {
      all.addAndGet(-bytes);
      return false;
    }
    if (!addOwn(bytes)) {
      addToAll(-bytes);
      return false;
    }
    return true;
  }

  private static boolean tryAdd(AtomicLong sum, long bytes, long most) {
    long before;
    do {
      before = sum.get();
      if (bytes > most - before) {
        return false;
      }
    } while (!sum.compareAndSet(before, before + bytes));
    return true;
  }

  private void addToAll(long bytes) {
    together.addAndGet(bytes);
    all.addAndGet(bytes);
  }

  /** Keeps so much more, or less where negative; see {@link #excessBytes} after. */
  public void keep(long bytes) {
    if (isBounded() && bytes != 0 && addOwn(bytes)) {
      addToAll(bytes);
    }
  }

  /** No longer keeps what it kept: it is in use again, or given back. */
  public void release(long bytes) {
    keep(-bytes);
  }

  private boolean addOwn(long bytes) {
    long before;
    do {
      before = own.get();
      if (before == CLOSED) {
        return false;
      }
      assert before + bytes >= 0 : "more was released than kept";
    } while (!own.compareAndSet(before, before + bytes));
    return true;
  }

  /** By how much all stacks together keep more than they may, of this kind or of both. */
  public long excessBytes() {
    if (!isBounded()) {
      return 0;
    }
    long excess = Math.max(all.get() - mostBytes.getAsLong(), together.get() - budgetBytes);
    return Math.max(0, excess);
  }

  /** Whether a stack that keeps so much alone is within the bound. */
  boolean allows(long bytes) {
    return !isBounded() || bytes <= mostBytes.getAsLong();
  }

  /** What this stack keeps; 0 where nothing is counted, and after close. */
  public long ownBytes() {
    return Math.max(0, own.get());
  }

  // ---- what the bound is worth

  /** So much of what was kept is in use again. */
  public void reuse(long bytes) {
    reused.addAndGet(bytes);
  }

  /** So much was given back for no other reason than the bound. */
  public void giveUp(long bytes) {
    if (isBounded()) {
      givenUp.addAndGet(bytes);
    }
  }

  /** So much was taken fresh; what was given up before would have been there. */
  public void takeFresh(long bytes) {
    long before = givenUp.get();
    while (before > 0) {
      long miss = Math.min(bytes, before);
      if (givenUp.compareAndSet(before, before - miss)) {
        missed.addAndGet(miss);
        return;
      }
      before = givenUp.get();
    }
  }

  /** What was kept and used again by this stack so far. */
  public long reusedBytes() {
    return reused.get();
  }

  /** What was taken fresh by this stack so far that a higher bound would have kept. */
  public long missedBytes() {
    return missed.get();
  }

  /** The stack is closed and keeps nothing from now on; further calls change nothing. */
  public void close() {
    long kept = own.getAndSet(CLOSED);
    if (kept != CLOSED) {
      addToAll(-kept);
    }
  }
}
