package hak.store.access;

import hak.store.ObjectView;
import hak.store.StoreTimeoutException;
import hak.store.event.ObjectWait;
import hak.store.process.Waits;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The sleep of a thread until an object is sealed. The mapping is held while it sleeps a turn and
 * while it looks, not in between.
 */
final class SealWait {
  private final LocalStore store;
  private final int key;
  private final Duration timeout;
  private final String which;
  private final Supplier<ObjectView> look;

  private SealWait(
      LocalStore store, int key, Duration timeout, String which, Supplier<ObjectView> look) {
    this.store = store;
    this.key = key;
    this.timeout = timeout;
    this.which = which;
    this.look = look;
  }

  /**
   * Looks, and looks again after each event, until there is something to see.
   *
   * @param key of the events
   * @param which the object, for messages
   * @param look what finds the object, or null
   * @throws StoreTimeoutException when it was not found in time
   */
  static ObjectView await(
      LocalStore store, int key, Duration timeout, String which, Supplier<ObjectView> look)
      throws InterruptedException {
    ObjectView view = look.get();
    if (view != null) {
      return view;
    }
    ObjectWait event = ObjectWait.started();
    try {
      view = new SealWait(store, key, timeout, which, look).sleepUntilFound();
      return view;
    } finally {
      event.end(store.path(), which, view != null);
    }
  }

  private ObjectView sleepUntilFound() throws InterruptedException {
    StoreEngine engine = store.engine();
    Waits waits = engine.tables().waits();
    long nanos = Waits.nanos(timeout);
    long start = System.nanoTime();
    while (true) {
      int events = store.use(() -> waits.prepare(key));
      ObjectView view = look.get();
      if (view != null) {
        return view;
      }
      store.checkNameAndSize();
      long left = nanos - (System.nanoTime() - start);
      if (left <= 0) {
        throw new StoreTimeoutException(
            "no sealed object " + which + " appeared within " + timeout);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      store.use(() -> {
        engine.tables().processes().countWait();
        waits.await(key, events, left);
        return null;
      });
    }
  }
}
