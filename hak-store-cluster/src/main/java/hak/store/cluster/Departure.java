package hak.store.cluster;

import java.time.Duration;

/**
 * Puts off the leaving of this node until it loses nothing.
 *
 * <p><b>One at a time.</b> With two copies, two nodes that leave together take along the chunks
 * that lie on both; that each of them found everything settled before does not help. So a node
 * leaves when it has the turn, an entry of the directory that one node takes from another by
 * compare-and-set, and only when the other is no longer there. Then each chunk has to find its next
 * copy once more before this one goes.
 */
final class Departure {
  private static final int POLL_MILLIS = 20;

  private final Engine engine;
  private final Directory directory;

  Departure(Engine engine, Directory directory) {
    this.engine = engine;
    this.directory = directory;
  }

  /**
   * Waits for the turn, and until every entry has all its copies: as long as data is being moved,
   * and at most {@code patience} while none is. A node that is cut off, or interrupted, does not
   * wait.
   */
  void await(Duration patience) {
    long since = System.nanoTime();
    try {
      while (engine.isAvailable() && System.nanoTime() - since < patience.toNanos()) {
        if (mayLeave()) {
          return;
        }
        if (engine.isMoving()) {
          since = System.nanoTime();
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean mayLeave() {
    try {
      return directory.takeTurn(engine.self(), engine.present())
          && isNobodyLeaving()
          && engine.isSettled();
    } catch (StoreUnavailableException e) {
      // Nodes come or go just now.
      return false;
    }
  }

  /** Whether everybody there has a claim; who leaves gives it back before. */
  private boolean isNobodyLeaving() {
    return directory.generations().values().containsAll(engine.present());
  }
}
