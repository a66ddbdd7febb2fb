package hak.store.cluster;

import hak.store.StoreOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a node joins a cluster. Copies, chunk size and the two limits are the same on all nodes: who
 * comes with others than those that are there is refused.
 *
 * @param cluster name of the cluster: 1 to 64 letters, digits, dots, dashes and underscores
 * @param bind address and port (1 to 65,435) that this node listens at; the port 100 above it is
 *     used too, to notice that a node died
 * @param initialMembers some addresses where nodes of the cluster may be found, this one's may be
 *     among them. A node opens when it sees a majority of them and itself
 * @param copies on how many nodes each chunk of data is kept: 2 to 8
 * @param chunkBytes size of the pieces into which objects are divided: 4 KiB to 16 MiB
 * @param capacityBytes limit of the data of all objects of the cluster, each counted once, those
 *     being written or deleted included: 4 KiB to 64 TiB. The nodes together need that times the
 *     copies, off the heap, and one that is left alone needs it all
 * @param objectLimit most objects of the cluster at a time, counted alike: 1 to 1,048,576
 * @param nearCache file of the near cache; nodes of one machine may share it
 * @param nearOptions how the near cache is created and opened; always with eviction
 * @param callTimeout how long a call waits for other nodes, more than 0
 * @param jgroupsFile a JGroups configuration to use instead of the built-in one; bind and
 *     initialMembers then only count nodes
 */
public record ClusterOptions(
    String cluster,
    InetSocketAddress bind,
    List<InetSocketAddress> initialMembers,
    int copies,
    int chunkBytes,
    long capacityBytes,
    int objectLimit,
    Path nearCache,
    StoreOptions nearOptions,
    Duration callTimeout,
    Optional<Path> jgroupsFile) {
  /** The port of {@link #loopback}: 7800. */
  public static final int DEFAULT_PORT = 7800;

  /** The size of chunks of {@link #loopback}: 1 MiB. */
  public static final int DEFAULT_CHUNK_BYTES = 1 << 20;

  /** The capacity of {@link #loopback}, that of a store of one machine: 4 GiB. */
  public static final long DEFAULT_CAPACITY_BYTES = StoreOptions.DEFAULT.capacityBytes();

  /** The limit of objects of {@link #loopback}, that of a store of one machine: 10,000. */
  public static final int DEFAULT_OBJECT_LIMIT = StoreOptions.DEFAULT.objectLimit();

  /** Most bytes that a cluster can hold: 64 TiB. */
  public static final long MAX_CAPACITY_BYTES = 64L << 40;

  /** Most objects that a cluster can hold, each known to every node: 1,048,576. */
  public static final int MAX_OBJECTS = 1 << 20;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException when a value is outside its range
   */
  public ClusterOptions {
    if (!cluster.matches("[\\w.-]{1,64}")) {
      throw new IllegalArgumentException(
          "a cluster name has 1 to 64 letters, digits, dots, dashes, underscores: " + cluster);
    }
    check("port", bind.getPort(), 1, 65_535 - 100);
    check("copies", copies, 2, 8);
    check("chunkBytes", chunkBytes, 4 << 10, 16 << 20);
    check("capacityBytes", capacityBytes, StoreOptions.MIN_CAPACITY_BYTES, MAX_CAPACITY_BYTES);
    check("objectLimit", objectLimit, 1, MAX_OBJECTS);
    if (callTimeout.isNegative() || callTimeout.isZero()) {
      throw new IllegalArgumentException("callTimeout is not more than 0: " + callTimeout);
    }
    bind = unresolved(bind);
    initialMembers = initialMembers.stream().map(ClusterOptions::unresolved).toList();
    nearOptions = nearOptions.withEviction(true);
  }

  /** Names are compared as they were given, and resolved when they are used. */
  private static InetSocketAddress unresolved(InetSocketAddress address) {
    return InetSocketAddress.createUnresolved(address.getHostString(), address.getPort());
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed are " + least + " to " + most);
    }
  }

  /**
   * A cluster of its own on this machine, reachable from nowhere else: loopback, port {@value
   * #DEFAULT_PORT}, no other members, 2 copies, chunks of 1 MiB, 4 GiB and 10,000 objects, 15
   * seconds for a call.
   */
  public static ClusterOptions loopback(String cluster, Path nearCache) {
    return new ClusterOptions(
        cluster,
        InetSocketAddress.createUnresolved("127.0.0.1", DEFAULT_PORT),
        List.of(),
        2,
        DEFAULT_CHUNK_BYTES,
        DEFAULT_CAPACITY_BYTES,
        DEFAULT_OBJECT_LIMIT,
        nearCache,
        StoreOptions.DEFAULT,
        Duration.ofSeconds(15),
        Optional.empty());
  }

  /** These options with another address to listen at. */
  public ClusterOptions withBind(String host, int port) {
    return new ClusterOptions(
        cluster,
        InetSocketAddress.createUnresolved(host, port),
        initialMembers,
        copies,
        chunkBytes,
        capacityBytes,
        objectLimit,
        nearCache,
        nearOptions,
        callTimeout,
        jgroupsFile);
  }

  /** These options with other addresses where nodes may be found. */
  public ClusterOptions withInitialMembers(List<InetSocketAddress> addresses) {
    return new ClusterOptions(
        cluster,
        bind,
        addresses,
        copies,
        chunkBytes,
        capacityBytes,
        objectLimit,
        nearCache,
        nearOptions,
        callTimeout,
        jgroupsFile);
  }

  /** These options with another number of copies. */
  public ClusterOptions withCopies(int count) {
    return new ClusterOptions(
        cluster,
        bind,
        initialMembers,
        count,
        chunkBytes,
        capacityBytes,
        objectLimit,
        nearCache,
        nearOptions,
        callTimeout,
        jgroupsFile);
  }

  /** These options with another size of chunks. */
  public ClusterOptions withChunkBytes(int bytes) {
    return new ClusterOptions(
        cluster,
        bind,
        initialMembers,
        copies,
        bytes,
        capacityBytes,
        objectLimit,
        nearCache,
        nearOptions,
        callTimeout,
        jgroupsFile);
  }

  /** These options with another limit of the data of all objects. */
  public ClusterOptions withCapacityBytes(long bytes) {
    return new ClusterOptions(
        cluster,
        bind,
        initialMembers,
        copies,
        chunkBytes,
        bytes,
        objectLimit,
        nearCache,
        nearOptions,
        callTimeout,
        jgroupsFile);
  }

  /** These options with another limit of objects. */
  public ClusterOptions withObjectLimit(int objects) {
    return new ClusterOptions(
        cluster,
        bind,
        initialMembers,
        copies,
        chunkBytes,
        capacityBytes,
        objects,
        nearCache,
        nearOptions,
        callTimeout,
        jgroupsFile);
  }

  /** These options with another near cache. */
  public ClusterOptions withNearCache(Path file, StoreOptions options) {
    return new ClusterOptions(
        cluster,
        bind,
        initialMembers,
        copies,
        chunkBytes,
        capacityBytes,
        objectLimit,
        file,
        options,
        callTimeout,
        jgroupsFile);
  }

  /** These options with another patience for other nodes. */
  public ClusterOptions withCallTimeout(Duration timeout) {
    return new ClusterOptions(
        cluster,
        bind,
        initialMembers,
        copies,
        chunkBytes,
        capacityBytes,
        objectLimit,
        nearCache,
        nearOptions,
        timeout,
        jgroupsFile);
  }

  /** These options with a JGroups configuration of one's own: for encryption, authentication. */
  public ClusterOptions withJgroupsFile(Path file) {
    return new ClusterOptions(
        cluster,
        bind,
        initialMembers,
        copies,
        chunkBytes,
        capacityBytes,
        objectLimit,
        nearCache,
        nearOptions,
        callTimeout,
        Optional.of(file));
  }

  /** What all nodes have alike. */
  String common() {
    return "copies "
        + copies
        + ", chunkBytes "
        + chunkBytes
        + ", capacityBytes "
        + capacityBytes
        + ", objectLimit "
        + objectLimit;
  }

  /** Where to look for the cluster: the initial members and this node itself, each once. */
  List<InetSocketAddress> founders() {
    List<InetSocketAddress> all = new ArrayList<>(initialMembers);
    if (!all.contains(bind)) {
      all.add(bind);
    }
    return all;
  }

  /** How many nodes a new node must see, itself included: a majority of the founders. */
  int quorum() {
    return founders().size() / 2 + 1;
  }
}
