package hak.store.cluster;

import hak.store.StoreFullException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.infinispan.AdvancedCache;
import org.infinispan.context.Flag;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryRemoved;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;

/**
 * How much of the cluster's capacity is taken, by the manifests of whatever state: an object takes
 * its room when it is announced, and gives it back when its manifest goes, after its chunks.
 *
 * <p><b>Running totals.</b> They follow the entries of the directory that this node holds. Each
 * event only says which id to look at again, so neither the order of events nor one that comes
 * twice matters. Entries also come and go without an event, when nodes do ({@link Expulsion}): so
 * the directory is counted once in each topology, and always while this node does not hold it.
 *
 * <p><b>Two nodes that announce at once.</b> Each looks again when its manifest is on all nodes.
 * The listener is one that Infinispan waits for before it answers, so whoever looks last sees both.
 * Two may see each other and both withdraw; both going beyond the limit is impossible.
 */
final class Quota {
  private static final int NEVER = -1;

  private final Engine engine;
  private final AdvancedCache<byte[], byte[]> held;
  private final ClusterOptions limits;
  private final Map<Long, Long> sizes = new ConcurrentHashMap<>();
  private final AtomicLong objects = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile int countedTopology = NEVER;

  /** Begins to follow the directory. */
  Quota(Engine engine, ClusterOptions limits) {
    this.engine = engine;
    this.limits = limits;
    held = engine.directory().withFlags(Flag.CACHE_MODE_LOCAL);
    Failures.call(() -> {
      engine.directory().addListener(new EntryObserver(this::lookAgain));
      return null;
    });
  }

  /** What objects there are, in whatever state. */
  record Usage(long objects, long bytes) {
    static Usage of(List<Manifest> manifests) {
      return new Usage(manifests.size(), manifests.stream().mapToLong(Manifest::sizeBytes).sum());
    }
  }

  /**
   * Checks that an object may be announced.
   *
   * @throws StoreFullException when there is no room for it
   */
  void checkRoomFor(long sizeBytes) {
    if (sizeBytes > limits.capacityBytes()) {
      throw new StoreFullException(
          "an object of "
              + sizeBytes
              + " bytes does not fit in a cluster of "
              + limits.capacityBytes());
    }
    Usage used = usage();
    check(new Usage(used.objects() + 1, used.bytes() + sizeBytes), sizeBytes);
  }

  /**
   * Looks again, after an object was announced.
   *
   * @throws StoreFullException when there is no room for it
   */
  void checkAnnounced(Manifest manifest) {
    check(usage(), manifest.sizeBytes());
  }

  private void check(Usage withIt, long sizeBytes) {
    if (withIt.objects() > limits.objectLimit()) {
      throw new StoreFullException(
          "the cluster holds "
              + (withIt.objects() - 1)
              + " of at most "
              + limits.objectLimit()
              + " objects; delete some, or open all nodes anew with a larger objectLimit");
    }
    if (withIt.bytes() > limits.capacityBytes()) {
      throw new StoreFullException(
          "no room for "
              + sizeBytes
              + " bytes in the cluster: "
              + (withIt.bytes() - sizeBytes)
              + " of "
              + limits.capacityBytes()
              + " are in use; delete objects, or open all nodes anew with a larger capacityBytes");
    }
  }

  /** What counts against the limits now. */
  Usage usage() {
    int topology = engine.directoryTopology();
    return topology != Engine.INCOMPLETE && topology == countedTopology
        ? new Usage(objects.get(), bytes.get())
        : count(topology);
  }

  private Usage count(int topology) {
    List<Manifest> manifests = Directory.manifests(engine.directory());
    if (topology != Engine.INCOMPLETE) {
      manifests.forEach(each -> lookAgain(each.id()));
      new ArrayList<>(sizes.keySet()).forEach(this::lookAgain);
      countedTopology = topology;
    }
    return Usage.of(manifests);
  }

  private void lookAgain(long id) {
    sizes.compute(
        id,
        (_, before) -> {
          byte[] manifest = held.get(Directory.objectKey(id));
          Long now = manifest == null ? null : Manifest.decode(id, manifest).sizeBytes();
          add(-1, before);
          add(1, now);
          return now;
        });
  }

  private void add(int sign, Long sizeBytes) {
    if (sizeBytes != null) {
      objects.addAndGet(sign);
      bytes.addAndGet(sign * sizeBytes);
    }
  }

  /** What Infinispan calls, and waits for; it asks for public. */
  @Listener(sync = true, observation = Listener.Observation.POST)
  public static final class EntryObserver {
    private final LongConsumer onChange;

    private EntryObserver(LongConsumer onChange) {
      this.onChange = onChange;
    }

    /** A manifest came or went. */
    @CacheEntryCreated
    @CacheEntryRemoved
    public void changed(CacheEntryEvent<byte[], byte[]> event) {
      Directory.idOf(event.getKey()).ifPresent(onChange);
    }
  }
}
