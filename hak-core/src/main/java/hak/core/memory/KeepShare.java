package hak.core.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much free memory those of one kind may keep for later: superslabs, or big blocks. Several
 * stacks may share a bound. Any thread may call; nothing here takes a lock or needs the Java heap.
 *
 * <pre>
 *   all = own of every stack that shares the bound and is open     but inside of a call
 *   all &lt;= most                                                   after {@link #tryKeep}; after
 *                                                                  {@link #keep} who called gives back
 * </pre>
 *
 * <p>Where there is no bound nothing is counted and nothing is refused.
 */
public final class KeepShare {
  /** In place of a bound: none. */
  static final long NO_BOUND = Long.MAX_VALUE;

  /** In place of what is kept: the stack is closed, and what it kept is nobody's. */
  private static final long CLOSED = Long.MIN_VALUE;

  private final long mostBytes;
  private final AtomicLong all;
  private final AtomicLong own = new AtomicLong();

  /**
   * The share of one stack.
   *
   * @param mostBytes for all stacks together, or {@link #NO_BOUND}
   * @param all what all of them keep
   */
  KeepShare(long mostBytes, AtomicLong all) {
    this.mostBytes = mostBytes;
    this.all = all;
  }

  /** Keeps so much more if it may; false, and nothing changed, if not. */
  public boolean tryKeep(long bytes) {
    if (mostBytes == NO_BOUND) {
      return true;
    }
    long before;
    do {
      before = all.get();
      if (bytes > mostBytes - before) {
        return false;
      }
    } while (!all.compareAndSet(before, before + bytes));
    if (!addOwn(bytes)) {
      all.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /** Keeps so much more, or less where negative; see {@link #excessBytes} after. */
  public void keep(long bytes) {
    if (mostBytes != NO_BOUND && bytes != 0 && addOwn(bytes)) {
      all.addAndGet(bytes);
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

  /** By how much all stacks together keep more than they may. */
  public long excessBytes() {
    return mostBytes == NO_BOUND ? 0 : Math.max(0, all.get() - mostBytes);
  }

  /** Whether a stack that keeps so much alone is within the bound. */
  boolean allows(long bytes) {
    return bytes <= mostBytes;
  }

  /** What this stack keeps; 0 where nothing is counted, and after close. */
  public long ownBytes() {
    return Math.max(0, own.get());
  }

  /** The stack is closed and keeps nothing from now on; further calls change nothing. */
  public void close() {
    long kept = own.getAndSet(CLOSED);
    if (kept != CLOSED) {
      all.addAndGet(-kept);
    }
  }
}
