package hak.store.process;

import hak.store.StoreTimeoutException;
import hak.store.event.LockWait;
import hak.store.file.Complemented;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One lock for the bookkeeping of a store, across processes, that survives the death of its holder.
 *
 * <h2>Concurrency</h2>
 *
 * The word holds the identity of the process that has the lock, 0 when nobody has. Inside a process
 * a ReentrantLock goes before it, so that one thread of each process at most competes and a holder
 * never waits for itself. Who cannot get it spins a little, then sleeps on {@code events} in turns;
 * at the end of each turn it looks whether the holder still lives, and takes the word over with a
 * compare-and-set from the dead identity to its own when not. Of two that try, one wins; a dead
 * identity never comes back, so the exchange cannot hit a later holder.
 *
 * <h2>What the taker finds</h2>
 *
 * {@code changes} is odd from the first to the last write of a critical section. Whoever gets the
 * lock while it is odd, because the holder died or left by an exception, builds the bookkeeping
 * anew from the slot table before anything else; if that taker dies too, it stays odd and the next
 * one does the same. Readers of the name index use {@code changes} as a sequence lock.
 *
 * <h2>Why not a redo log, robust mutexes, finer locks</h2>
 *
 * A log must be written in every critical section to be read after a crash; the rebuild costs
 * nothing until then and a millisecond for 10,000 slots. Robust futexes of the C library need
 * memory that the kernel walks at exit and a native call for each lock. What takes time, copying
 * data, is done outside the lock; get, seal, wait and unpin do not take it at all, nor do put and
 * delete where the space that a process keeps serves them. What is left under it are some dozen
 * stores, so stripes would add rules of order and nothing else.
 */
public final class SharedLock {
  private static final int WAITING = 8;
  private static final int EVENTS = 12;
  private static final int SPINS = 200;

  /** Longest sleep before the holder is looked at: 20 ms. */
  private static final long TURN_NANOS = 20_000_000;

  private final ReentrantLock local = new ReentrantLock();
  private final Path store;
  private final Region region;
  private final ProcessTable processes;
  private final long timeoutNanos;
  private final long at;
  private final EventWord events;

  private SharedLock(Path store, Region region, ProcessTable processes, Duration timeout, long at) {
    this.store = store;
    this.region = region;
    this.processes = processes;
    this.timeoutNanos = Waits.nanos(timeout);
    this.at = at;
    events = new EventWord(region, at + EVENTS);
  }

  /** The lock of the bookkeeping. */
  public static SharedLock ofBookkeeping(
      Path store, Region region, ProcessTable processes, Duration timeout) {
    return new SharedLock(store, region, processes, timeout, StoreHeader.LOCK);
  }

  /**
   * That of who makes the file larger. It guards no bookkeeping, so {@code changes} is not its
   * business. Who has it may take the other one, never the other way round.
   */
  public static SharedLock ofGrowth(
      Path store, Region region, ProcessTable processes, Duration timeout) {
    return new SharedLock(store, region, processes, timeout, StoreHeader.GROWTH_LOCK);
  }

  /**
   * Waits for the lock.
   *
   * @throws StoreTimeoutException when a living process, or another thread of this one, keeps it
   *     for longer than the timeout
   */
  public void lock() {
    long waited = lockLocal();
    try {
      if (!tryWord()) {
        awaitWord(waited);
      }
    } catch (Throwable e) {
      local.unlock();
      throw e;
    }
  }

  /** Returns for how long it waited, 0 when it did not sleep. */
  private long lockLocal() {
    for (int i = 0; i < SPINS; i++) {
      if (local.tryLock()) {
        return 0;
      }
      Thread.onSpinWait();
    }
    long start = System.nanoTime();
    processes.countWait();
    LockWait event = LockWait.started();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          if (local.tryLock(timeoutNanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS)) {
            return System.nanoTime() - start;
          }
          throw timeout("another thread of this process");
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      event.end(store, name(), 0);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private StoreTimeoutException timeout(String holder) {
    return new StoreTimeoutException(
        "the store's lock is held by "
            + holder
            + " for longer than lockTimeout = "
            + Duration.ofNanos(timeoutNanos));
  }

  private boolean tryWord() {
    return region.casLong(at, 0, processes.self());
  }

  private void awaitWord(long waited) {
    for (int i = 0; i < SPINS; i++) {
      Thread.onSpinWait();
      if (tryWord()) {
        return;
      }
    }
    int holder = Identity.pid(region.getLongVolatile(at));
    processes.countWait();
    LockWait event = LockWait.started();
    try {
      sleepUntilWord(System.nanoTime() - waited);
    } finally {
      event.end(store, name(), holder);
    }
  }

  private String name() {
    return at == StoreHeader.LOCK ? "bookkeeping" : "growth";
  }

  private void sleepUntilWord(long start) {
    while (true) {
      region.putIntVolatile(at + WAITING, 1);
      int seen = events.value();
      if (tryWord()) {
        return;
      }
      events.await(seen, TURN_NANOS);
      long holder = region.getLongVolatile(at);
      long self = processes.self();
      boolean dead = holder != 0 && holder != self && !processes.isHolderAlive(holder);
      if (dead ? region.casLong(at, holder, self) : tryWord()) {
        return;
      }
      if (System.nanoTime() - start > timeoutNanos) {
        throw timeout("process " + Identity.pid(holder));
      }
    }
  }

  /** Gives the lock back; the bookkeeping may be left torn. */
  public void unlock() {
    boolean last = local.getHoldCount() == 1;
    try {
      if (last) {
        region.putLongVolatile(at, 0);
      }
    } finally {
      local.unlock();
    }
    if (last && region.getIntVolatile(at + WAITING) != 0) {
      region.putIntVolatile(at + WAITING, 0);
      events.advance();
    }
  }

  /** Counts the changes; odd while one is under way or was left unfinished. */
  public long changes() {
    return region.getLongVolatile(StoreHeader.CHANGES);
  }

  /** Whether a change was left unfinished; so is a count that is damaged taken. */
  public boolean isTorn() {
    long changes = changes();
    return (changes & 1) != 0 || !Complemented.isSound(changes);
  }

  public void beginChange() {
    region.putLongVolatile(StoreHeader.CHANGES, Complemented.word((int) changes() | 1));
  }

  public void endChange() {
    region.putLongVolatile(StoreHeader.CHANGES, Complemented.word(((int) changes() | 1) + 1));
  }
}
