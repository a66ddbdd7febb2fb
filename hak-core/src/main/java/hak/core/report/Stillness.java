package hak.core.report;

import hak.core.memory.StackRoom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;

/**
 * Keeps those who go through the whole stack, to read its lists or to trim it, and the housekeeper
 * apart: blocks that it moves are in no list for a moment and would count as live, and a heap that
 * it holds is passed by.
 *
 * <p><b>Nobody waits for long.</b> Readers do not wait for each other. A reader waits while blocks
 * are moved, at most {@value #READER_MILLIS} ms: a box that is asked meanwhile may itself wait for
 * this reader. The housekeeper waits for readers at most {@value #MOVER_MILLIS} ms, and looks
 * another time: a box may keep a reader for ever. A reader within a reader comes in at once.
 */
public final class Stillness {
  private static final int READER_MILLIS = 1000;
  private static final int MOVER_MILLIS = 20;

  private final StampedLock lock = new StampedLock();

  /** Nobody reads, nothing moves. */
  public Stillness() {}

  /**
   * Goes through the stack while the housekeeper does not; what is found is approximate when that
   * was not to be had in time, or the running thread was interrupted.
   */
  public void read(Runnable reader) {
    StackRoom.forCall();
    long stamp = lock.tryReadLock();
    if (stamp == 0) {
      stamp = awaitEnd();
    }
    try {
      reader.run();
    } finally {
      if (stamp != 0) {
        lock.unlockRead(stamp);
      }
    }
  }

  /** Waits until nothing moves any more; 0 when that did not come. */
  private long awaitEnd() {
    try {
      return lock.tryReadLock(READER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** Moves blocks while nobody reads; does nothing when somebody does and goes on. */
  public void tryMove(Runnable mover) {
    StackRoom.forCall();
    long stamp = tryWriteLock();
    if (stamp != 0) {
      try {
        mover.run();
      } finally {
        lock.unlockWrite(stamp);
      }
    }
  }

  private long tryWriteLock() {
    try {
      return lock.tryWriteLock(MOVER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
