package hak.store.cluster;

import hak.store.ObjectView;
import hak.store.StoreTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryRemoved;
import org.infinispan.notifications.cachelistener.annotation.PartitionStatusChanged;
import org.infinispan.notifications.cachelistener.annotation.TopologyChanged;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;
import org.infinispan.notifications.cachelistener.event.Event;

/**
 * Counts the changes of the directory, so that threads can sleep until the next one. The directory
 * is on every node, so nothing is sent for this.
 */
final class DirectoryEvents {
  private final Engine engine;
  private final EntryObserver entries;
  private final TopologyObserver topologies;
  private long count;

  /**
   * Begins to listen.
   *
   * @param onRemoved takes the ids of objects that are no more
   * @param onTopology called when nodes came or went
   */
  DirectoryEvents(Engine engine, LongConsumer onRemoved, Runnable onTopology) {
    this.engine = engine;
    entries = new EntryObserver(this::signal, onRemoved);
    topologies = new TopologyObserver(this::signal, onTopology);
    Failures.call(() -> {
      engine.directory().addListener(entries);
      engine.directory().addListener(topologies);
      engine.chunks().addListener(topologies);
      return null;
    });
  }

  /**
   * Looks, and looks again after each change, until there is something to see.
   *
   * @param which the object, for messages
   * @param look what finds the object, or null
   * @throws StoreTimeoutException when it was not found in time
   */
  ObjectView await(Duration timeout, String which, Supplier<ObjectView> look)
      throws InterruptedException {
    long nanos = nanos(timeout);
    long start = System.nanoTime();
    while (true) {
      long seen = count();
      ObjectView view = look.get();
      if (view != null) {
        return view;
      }
      long left = nanos - (System.nanoTime() - start);
      if (left <= 0) {
        throw new StoreTimeoutException(
            "no sealed object " + which + " appeared within " + timeout);
      }
      sleep(seen, left);
    }
  }

  /** How long a wait is that has an end; 292 years and more have none. */
  private static long nanos(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException e) {
      return timeout.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  /** How many changes there were; what is looked at after this call and not found is awaited. */
  private synchronized long count() {
    return count;
  }

  /** Sleeps until there were more changes than {@code seen}, or the time is over. */
  private synchronized void sleep(long seen, long nanos) throws InterruptedException {
    long start = System.nanoTime();
    for (long left = nanos; count == seen && left > 0; ) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = nanos - (System.nanoTime() - start);
    }
  }

  /** Wakes all who sleep. */
  private synchronized void signal() {
    count++;
    notifyAll();
  }

  /** Ends listening. */
  void stop() {
    engine.directory().removeListener(entries);
    engine.directory().removeListener(topologies);
    engine.chunks().removeListener(topologies);
    signal();
  }

  /** What Infinispan calls, on threads of its own; it asks for public. */
  @Listener(sync = false, observation = Listener.Observation.POST)
  public static final class EntryObserver {
    private final Runnable onChange;
    private final LongConsumer onRemoved;

    private EntryObserver(Runnable onChange, LongConsumer onRemoved) {
      this.onChange = onChange;
      this.onRemoved = onRemoved;
    }

    /** A manifest, name or generation changed. */
    @CacheEntryCreated
    @CacheEntryModified
    public void changed(CacheEntryEvent<byte[], byte[]> event) {
      onChange.run();
    }

    /** A manifest, name or generation is gone. */
    @CacheEntryRemoved
    public void removed(CacheEntryEvent<byte[], byte[]> event) {
      onChange.run();
      Directory.idOf(event.getKey()).ifPresent(onRemoved);
    }
  }

  /** As {@link EntryObserver}, of both caches: each of them may begin to refuse. */
  @Listener(sync = false, observation = Listener.Observation.POST)
  public static final class TopologyObserver {
    private final Runnable onChange;
    private final Runnable onTopology;

    private TopologyObserver(Runnable onChange, Runnable onTopology) {
      this.onChange = onChange;
      this.onTopology = onTopology;
    }

    /** Nodes came or went. */
    @TopologyChanged
    @PartitionStatusChanged
    public void topologyChanged(Event<byte[], byte[]> event) {
      onChange.run();
      onTopology.run();
    }
  }
}
