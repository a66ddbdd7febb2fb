package hak.store.cluster;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.infinispan.partitionhandling.AvailabilityMode;

/** Three nodes on loopback, each with a near cache of its own, in this JVM or in others. */
final class TestCluster implements AutoCloseable {
  static final int CHUNK = 64 << 10;

  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();
  private static final int FORK = Integer.getInteger("hak.test.fork", 0) % 10;

  private final Path folder;
  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private final Map<Integer, ClusterStore> nodes = new TreeMap<>();
  private UnaryOperator<ClusterOptions> adapt = UnaryOperator.identity();

  private TestCluster(Path folder) {
    this.folder = folder;
  }

  /** Addresses and files of a cluster whose nodes are not there yet. */
  static TestCluster planned(int size) throws IOException {
    Path shm = Path.of("/dev/shm");
    TestCluster cluster =
        new TestCluster(
            Files.createTempDirectory(
                Files.isDirectory(shm) ? shm : Path.of(System.getProperty("java.io.tmpdir")),
                "hak-cluster-test-"));
    for (int i = 0; i < size; i++) {
      cluster.addresses.add(InetSocketAddress.createUnresolved("127.0.0.1", freePort()));
    }
    return cluster;
  }

  /** A cluster whose nodes all see each other. */
  static TestCluster started(int size) throws Exception {
    TestCluster cluster = planned(size);
    cluster.open(IntStream.range(0, size).toArray());
    cluster.awaitMembers(size);
    return cluster;
  }

  /** The cluster whose {@link #plan} that is. */
  static TestCluster of(String plan) {
    String[] parts = plan.split(" ", -1);
    TestCluster cluster = new TestCluster(Path.of(parts[0]));
    for (String port : Arrays.asList(parts).subList(1, parts.length)) {
      cluster.addresses.add(
          InetSocketAddress.createUnresolved("127.0.0.1", Integer.parseInt(port)));
    }
    return cluster;
  }

  /** What another process must know to open a node of this cluster. */
  String plan() {
    return folder
        + addresses.stream().map(each -> " " + each.getPort()).collect(Collectors.joining());
  }

  /** Changes the options of the nodes that are opened from now on. */
  TestCluster with(UnaryOperator<ClusterOptions> change) {
    adapt = change;
    return this;
  }

  /** Opens nodes at the same time, and returns the first. */
  ClusterStore open(int... which) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(which.length)) {
      Map<Integer, Future<ClusterStore>> opened = new TreeMap<>();
      for (int node : which) {
        opened.put(node, threads.submit(() -> ClusterStore.open(options(node))));
      }
      for (Map.Entry<Integer, Future<ClusterStore>> each : opened.entrySet()) {
        nodes.put(each.getKey(), each.getValue().get());
      }
    }
    return nodes.get(which[0]);
  }

  /** Closes nodes at the same time. */
  void closeAtOnce(int... which) throws Exception {
    CyclicBarrier together = new CyclicBarrier(which.length);
    try (ExecutorService threads = Executors.newFixedThreadPool(which.length)) {
      List<Future<?>> closed = new ArrayList<>();
      for (int node : which) {
        closed.add(
            threads.submit(() -> {
              together.await();
              nodes.get(node).close();
              return null;
            }));
      }
      for (Future<?> each : closed) {
        each.get();
      }
    }
  }

  /**
   * A port that is free, and the one 100 above it. It stays the caller's: this JVM gives it to
   * nobody else, and the other JVMs of a build look elsewhere.
   */
  private static int freePort() {
    Random random = new Random();
    while (true) {
      int port = 20_000 + 10 * random.nextInt(1000) + FORK;
      if (GIVEN.contains(port - 100) || GIVEN.contains(port + 100) || !GIVEN.add(port)) {
        continue;
      }
      InetAddress loopback = InetAddress.getLoopbackAddress();
      try (ServerSocket first = new ServerSocket(port, 1, loopback);
          ServerSocket second = new ServerSocket(port + 100, 1, loopback)) {
        return Math.min(first.getLocalPort(), second.getLocalPort());
      } catch (IOException e) {
        // Taken: try another.
      }
    }
  }

  ClusterOptions options(int node) {
    InetSocketAddress address = addresses.get(node);
    ClusterOptions options =
        ClusterOptions.loopback(folder.getFileName().toString(), nearCache(node))
            .withBind(address.getHostString(), address.getPort())
            .withInitialMembers(addresses)
            .withChunkBytes(CHUNK)
            .withNearCache(
                nearCache(node),
                StoreOptions.DEFAULT
                    .withCapacityBytes(64 << 20)
                    .withObjectLimit(1000)
                    .withGrowthBytes(4 << 20))
            .withCallTimeout(Duration.ofSeconds(40));
    return adapt.apply(options);
  }

  Path nearCache(int node) {
    return folder.resolve("near-" + node);
  }

  ClusterStore node(int index) {
    return nodes.get(index);
  }

  /**
   * Waits until all open nodes see that many members and no data is being moved. To be called after
   * a node has left too: for a moment the others may take it for one that crashed, and not answer.
   */
  void awaitMembers(int count) throws InterruptedException {
    await(() ->
        nodes.values().stream()
            .filter(ClusterStore::isOpen)
            .map(ClusterStore::clusterStats)
            .allMatch(s -> s.members() == count && s.settled() && s.available()));
  }

  /**
   * Waits until a node answers nothing any more. It is not available as soon as one of its two
   * caches is not, and the other one may answer for a moment.
   */
  static void awaitRefusal(ClusterStore store) throws InterruptedException {
    Engine engine = store.engine();
    await(() ->
        Stream.of(engine.directory(), engine.chunks())
            .allMatch(cache -> cache.getAvailability() != AvailabilityMode.AVAILABLE));
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come about within 60 s");
      }
      Thread.sleep(20);
    }
  }

  static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static MemorySegment data(long seed, int length) {
    return MemorySegment.ofArray(bytes(seed, length));
  }

  static byte[] read(ObjectStore store, ObjectRef ref) {
    try (ObjectView view = store.get(ref)) {
      return view.segment().toArray(ValueLayout.JAVA_BYTE);
    }
  }

  @Override
  public void close() throws IOException {
    nodes.values().forEach(ClusterStore::close);
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
