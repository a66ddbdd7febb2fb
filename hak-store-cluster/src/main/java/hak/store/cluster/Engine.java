package hak.store.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.infinispan.AdvancedCache;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.cache.StorageType;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.ShutdownHookBehavior;
import org.infinispan.distribution.LocalizedCacheTopology;
import org.infinispan.distribution.ch.ConsistentHash;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.partitionhandling.AvailabilityMode;
import org.infinispan.partitionhandling.PartitionHandling;
import org.infinispan.remoting.rpc.RpcManagerImpl;
import org.infinispan.remoting.transport.Address;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;

/**
 * This node of the Infinispan cluster and its two caches.
 *
 * <p><b>Directory and chunks.</b> The directory is small and on every node (REPL_SYNC, on the
 * heap): look-ups, lists and waits ask nobody, and it is lost with the last node only. The data is
 * in chunks on {@code copies} nodes (DIST_SYNC, off the heap). Keys and values of both are plain
 * bytes, so no class of this module is ever marshalled.
 *
 * <p><b>Partitions.</b> DENY_READ_WRITES: who is not in the majority neither writes nor reads. A
 * minority that read would call objects absent that exist. The caches start only when a majority of
 * the configured members is there, so two halves of a cluster that starts never both begin.
 *
 * <p><b>Both caches are defined before the node connects.</b> The coordinator decides for all who
 * may go on, and how it does is fixed when the first node of the cluster asks it to let it join a
 * cache. A coordinator that does not know the cache yet takes Infinispan's default, in which every
 * part of a broken network goes on.
 *
 * <p><b>Why the class path.</b> infinispan-core and infinispan-commons 16 cannot be automatic
 * modules: their META-INF/services name a class of another jar (CommonTypesSchema of
 * protostream-types), which the module system refuses. So the module descriptor requires none of
 * them, and this class, through which all use of Infinispan begins, lets its module read the class
 * path.
 */
final class Engine implements AutoCloseable {
  static {
    Engine.class.getModule().addReads(Engine.class.getClassLoader().getUnnamedModule());
  }

  private static final String DIRECTORY = "directory";
  private static final String CHUNKS = "chunks";
  private static final int STATE_TRANSFER_BYTES = 8 << 20;

  /** In place of the number of a topology: this node does not hold the whole directory. */
  static final int INCOMPLETE = -1;

  private final DefaultCacheManager manager;
  private final AdvancedCache<byte[], byte[]> directory;
  private final AdvancedCache<byte[], byte[]> chunks;
  private final int copies;

  /**
   * Takes part in both caches; the manager is from {@link #connect}.
   *
   * @throws IllegalArgumentException as {@link Directory#agree}
   */
  Engine(DefaultCacheManager manager, ClusterOptions options) {
    this.manager = manager;
    copies = options.copies();
    directory = cache(DIRECTORY);
    Directory.agree(directory, options);
    chunks = cache(CHUNKS);
  }

  /** Joins the cluster; returns when a majority of its first members is there. */
  static Engine join(ClusterOptions options) {
    DefaultCacheManager manager = connect(options);
    return Failures.call(() -> {
      try {
        return new Engine(manager, options);
      } catch (Throwable e) {
        manager.stop();
        throw e;
      }
    });
  }

  /** Connects to a majority of the first members; the manager then begins the caches it knows. */
  static DefaultCacheManager connect(ClusterOptions options) {
    GlobalConfigurationBuilder global = new GlobalConfigurationBuilder();
    long millis = options.callTimeout().toMillis();
    global
        .transport()
        .defaultTransport()
        .clusterName(options.cluster())
        .initialClusterSize(options.quorum())
        .initialClusterTimeout(millis, TimeUnit.MILLISECONDS)
        .distributedSyncTimeout(millis);
    if (options.jgroupsFile().isPresent()) {
      global
          .transport()
          .addProperty(JGroupsTransport.CONFIGURATION_FILE, options.jgroupsFile().get().toString());
    } else {
      global.transport().addProperty(JGroupsTransport.CONFIGURATION_XML, jgroups(options));
    }
    global.shutdown().hookBehavior(ShutdownHookBehavior.DONT_REGISTER);
    global.jmx().disable();
    global.metrics().gauges(false);
    return Failures.call(() -> {
      DefaultCacheManager manager = new DefaultCacheManager(global.build(), false);
      try {
        manager.defineConfiguration(DIRECTORY, configuration(options, replicated()));
        manager.defineConfiguration(CHUNKS, configuration(options, distributed(options)));
        manager.start();
        return manager;
      } catch (Throwable e) {
        manager.stop();
        throw e;
      }
    });
  }

  private static String jgroups(ClusterOptions options) {
    try (InputStream in = Engine.class.getResourceAsStream("tcp.xml")) {
      return fill(new String(in.readAllBytes(), StandardCharsets.UTF_8), options);
    } catch (IOException e) {
      throw new AssertionError("a resource of this module cannot be read", e);
    }
  }

  /** Puts addresses into a JGroups configuration. */
  static String fill(String template, ClusterOptions options) {
    String hosts =
        options.founders().stream()
            .map(each -> each.getHostString() + "[" + each.getPort() + "]")
            .collect(Collectors.joining(","));
    return template
        .replace("{bindAddress}", options.bind().getHostString())
        .replace("{bindPort}", Integer.toString(options.bind().getPort()))
        .replace("{initialHosts}", hosts);
  }

  private static Configuration configuration(ClusterOptions options, ConfigurationBuilder builder) {
    long millis = options.callTimeout().toMillis();
    builder.encoding().mediaType(MediaType.APPLICATION_OCTET_STREAM);
    builder.clustering().remoteTimeout(millis);
    builder.clustering().stateTransfer().awaitInitialTransfer(true);
    builder.clustering().partitionHandling().whenSplit(PartitionHandling.DENY_READ_WRITES);
    builder.locking().lockAcquisitionTimeout(millis);
    builder.statistics().enable();
    return builder.build();
  }

  private AdvancedCache<byte[], byte[]> cache(String name) {
    AdvancedCache<byte[], byte[]> cache = manager.<byte[], byte[]>getCache(name).getAdvancedCache();
    Expulsion.watch(cache, manager.getAddress());
    return cache;
  }

  private static ConfigurationBuilder replicated() {
    ConfigurationBuilder builder = new ConfigurationBuilder();
    builder.clustering().cacheMode(CacheMode.REPL_SYNC);
    return builder;
  }

  private static ConfigurationBuilder distributed(ClusterOptions options) {
    ConfigurationBuilder builder = new ConfigurationBuilder();
    builder.clustering().cacheMode(CacheMode.DIST_SYNC).hash().numOwners(options.copies());
    builder.memory().storage(StorageType.OFF_HEAP);
    // Counted in entries: the default of 512 would send 512 chunks at a time.
    builder
        .clustering()
        .stateTransfer()
        .chunkSize(Math.max(1, STATE_TRANSFER_BYTES / options.chunkBytes()));
    return builder;
  }

  AdvancedCache<byte[], byte[]> directory() {
    return directory;
  }

  AdvancedCache<byte[], byte[]> chunks() {
    return chunks;
  }

  UUID self() {
    return manager.getAddress().getNodeUUID();
  }

  /**
   * The nodes that hold the directory, as the directory's cache knows: not those only connected.
   */
  Set<UUID> members() {
    return members(directory);
  }

  /** The nodes that hold both caches: who joins or leaves holds one of them alone for a moment. */
  Set<UUID> complete() {
    Set<UUID> both = new HashSet<>(members(directory));
    both.retainAll(members(chunks));
    return both;
  }

  /** The nodes that hold one of the caches at least. */
  Set<UUID> present() {
    Set<UUID> either = new HashSet<>(members(directory));
    either.addAll(members(chunks));
    return either;
  }

  private static Set<UUID> members(AdvancedCache<byte[], byte[]> cache) {
    return topology(cache).getActualMembers().stream()
        .map(Address::getNodeUUID)
        .collect(Collectors.toSet());
  }

  /**
   * Whether all of them are connected, hold both caches, and no data is being moved. A network that
   * breaks is seen at three moments: in the view, then in one cache, then in the other.
   */
  boolean isEachThere(Set<UUID> nodes) {
    return connected().containsAll(nodes)
        && isEachThere(directory, nodes)
        && isEachThere(chunks, nodes);
  }

  /** Which topology of the directory is in use, or {@link #INCOMPLETE}. */
  int directoryTopology() {
    LocalizedCacheTopology topology = topology(directory);
    return topology.getLocalReadSegments().size() == topology.getNumSegments()
        ? topology.getTopologyId()
        : INCOMPLETE;
  }

  private static boolean isEachThere(AdvancedCache<byte[], byte[]> cache, Set<UUID> nodes) {
    return topology(cache).getPendingCH() == null && members(cache).containsAll(nodes);
  }

  private Set<UUID> connected() {
    return manager.getMembers().stream().map(Address::getNodeUUID).collect(Collectors.toSet());
  }

  boolean isAvailable() {
    return directory.getAvailability() == AvailabilityMode.AVAILABLE
        && chunks.getAvailability() == AvailabilityMode.AVAILABLE;
  }

  /** Makes both caches go on with the members that are left. */
  void forceAvailable() {
    Failures.call(() -> {
      directory.setAvailability(AvailabilityMode.AVAILABLE);
      chunks.setAvailability(AvailabilityMode.AVAILABLE);
      return null;
    });
  }

  /** Whether data is being moved. */
  boolean isMoving() {
    return topology(directory).getPendingCH() != null || topology(chunks).getPendingCH() != null;
  }

  /** Whether every entry has all the copies that these members can hold. */
  boolean isSettled() {
    return isSettled(directory, Integer.MAX_VALUE) && isSettled(chunks, copies);
  }

  private static boolean isSettled(AdvancedCache<byte[], byte[]> cache, int copies) {
    LocalizedCacheTopology topology = topology(cache);
    ConsistentHash owners = topology.getCurrentCH();
    int wanted = Math.min(copies, topology.getActualMembers().size());
    return topology.getPendingCH() == null
        && IntStream.range(0, owners.getNumSegments())
            .allMatch(each -> owners.locateOwnersForSegment(each).size() >= wanted);
  }

  /** Requests that this node has sent to others for the caches; for tests. */
  long messagesSent() {
    return sent(directory) + sent(chunks);
  }

  private static long sent(AdvancedCache<byte[], byte[]> cache) {
    return ((RpcManagerImpl) cache.getRpcManager()).getReplicationCount();
  }

  private static LocalizedCacheTopology topology(AdvancedCache<byte[], byte[]> cache) {
    return cache.getDistributionManager().getCacheTopology();
  }

  /** Leaves the cluster at once. */
  @Override
  public void close() {
    manager.stop();
  }
}
