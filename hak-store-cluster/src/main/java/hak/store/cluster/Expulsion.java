package hak.store.cluster;

import org.infinispan.AdvancedCache;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.TopologyChanged;
import org.infinispan.notifications.cachelistener.event.TopologyChangedEvent;
import org.infinispan.remoting.transport.Address;

/**
 * Empties this node's part of a cache when it comes back after a majority went on without it.
 *
 * <p>Infinispan sends a node that comes back what was added meanwhile, over what the node still
 * has, and does not remove what was removed meanwhile: deleted objects would be there again, on
 * this node alone. The majority has everything, or it would not have gone on; so the node begins
 * empty, like one that joins for the first time.
 *
 * <p>The moment is the one topology in which this node is connected and no owner any more. When no
 * majority was left, nobody has written, the owners stay, and nothing is emptied.
 */
final class Expulsion {
  private Expulsion() {}

  static void watch(AdvancedCache<byte[], byte[]> cache, Address self) {
    cache.addListener(new Observer(cache, self));
  }

  /** What Infinispan calls before it installs a topology; it asks for public. */
  @Listener(sync = true, observation = Listener.Observation.PRE)
  public static final class Observer {
    private final AdvancedCache<byte[], byte[]> cache;
    private final Address self;

    private Observer(AdvancedCache<byte[], byte[]> cache, Address self) {
      this.cache = cache;
      this.self = self;
    }

    /** Owners change. */
    @TopologyChanged
    public void changes(TopologyChangedEvent<byte[], byte[]> event) {
      if (event.getReadConsistentHashAtStart() != null
          && event.getReadConsistentHashAtStart().getMembers().contains(self)
          && !event.getReadConsistentHashAtEnd().getMembers().contains(self)) {
        cache.getDataContainer().clear();
      }
    }
  }
}
