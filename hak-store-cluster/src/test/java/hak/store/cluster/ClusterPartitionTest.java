package hak.store.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.NoSuchObjectException;
import hak.store.ObjectRef;
import hak.store.ObjectView;
import hak.store.StoreException;
import hak.store.WritableObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jgroups.JChannel;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TP;
import org.jgroups.stack.ProtocolStack;
import org.junit.jupiter.api.Test;

/** A node that is cut off from the two others, and comes back. */
class ClusterPartitionTest {
  @Test
  void aMinorityRefusesTheMajorityGoesOnAndAllIsOneAfterwards() throws Exception {
    try (TestCluster cluster = TestCluster.planned(3)) {
      cluster.with(options ->
          options.withCallTimeout(Duration.ofSeconds(10)).withJgroupsFile(quick(cluster, options)));
      cluster.open(0, 1, 2);
      cluster.awaitMembers(3);
      ClusterStore one = cluster.node(0);
      ClusterStore cut = cluster.node(2);
      ObjectRef kept = cut.put("kept", TestCluster.data(1, 200_000));
      ObjectRef deleted = one.put("deleted", TestCluster.data(2, 200_000));
      TestCluster.read(cut, deleted);
      WritableObject written = cut.create("written", 200_000);
      written.append(TestCluster.data(3, 200_000));
      CompletableFuture<Class<?>> waiter =
          CompletableFuture.supplyAsync(() -> failureOfWaitingFor("never", cut));

      DISCARD discard = cutOff(cut.engine());
      try (ObjectView view = cut.get(kept)) {
        TestCluster.awaitRefusal(cut);
        assertEquals(StoreUnavailableException.class, waiter.get());
        assertThrows(StoreUnavailableException.class, () -> cut.get(kept));
        assertThrows(StoreUnavailableException.class, () -> cut.contains("kept"));
        assertThrows(StoreUnavailableException.class, () -> cut.put(TestCluster.data(1, 1)));
        assertThrows(StoreUnavailableException.class, () -> cut.delete(kept));
        assertThrows(StoreUnavailableException.class, cut::list);
        assertTrue(view.isIntact());
      }

      TestCluster.await(() -> one.clusterStats().members() == 2 && one.clusterStats().settled());
      one.delete("deleted");
      ObjectRef added = one.put("added", TestCluster.data(4, 200_000));
      assertArrayEquals(TestCluster.bytes(1, 200_000), TestCluster.read(one, kept));
      // What the lost node was writing is given up, its name is free.
      TestCluster.await(() -> one.clusterStats().pending() == 0);
      one.put("written", TestCluster.data(5, 10));

      channel(cut.engine()).getProtocolStack().removeProtocol(discard);
      cluster.awaitMembers(3);
      assertThrows(NoSuchObjectException.class, () -> cut.get(deleted));
      assertThrows(StoreUnavailableException.class, written::seal);
      assertArrayEquals(TestCluster.bytes(4, 200_000), TestCluster.read(cut, added));
      assertArrayEquals(TestCluster.bytes(1, 200_000), TestCluster.read(cut, kept));
      cut.put("again", TestCluster.data(6, 10));
      for (int node = 0; node < 3; node++) {
        assertEquals(List.of(), cluster.node(node).verify().findings());
        assertEquals(4, cluster.node(node).clusterStats().objects());
        assertEquals(new Quota.Usage(4, 400_020), cluster.node(node).quota().usage());
      }
      // Its copy of what was deleted meanwhile goes too.
      TestCluster.await(() -> cut.stats().objects() <= 3);
    }
  }

  /**
   * The coordinator says for all nodes which part goes on; here it is the one that is cut off. As
   * all start at the same time, another node may have been first in the caches.
   */
  @Test
  void aCoordinatorThatIsCutOffRefuses() throws Exception {
    try (TestCluster cluster = TestCluster.planned(3);
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      cluster.with(options -> options.withJgroupsFile(quick(cluster, options)));
      List<ClusterOptions> options = IntStream.range(0, 3).mapToObj(cluster::options).toList();
      List<Future<DefaultCacheManager>> connecting =
          options.stream().map(each -> threads.submit(() -> Engine.connect(each))).toList();
      Map<ClusterOptions, DefaultCacheManager> connected = new LinkedHashMap<>();
      for (int node = 0; node < 3; node++) {
        connected.put(options.get(node), connecting.get(node).get());
      }
      TestCluster.await(
          () -> connected.values().stream().allMatch(each -> each.getMembers().size() == 3));
      List<Engine> engines =
          connected.entrySet().stream()
              .sorted(Comparator.comparing(each -> each.getValue().isCoordinator()))
              .map(each -> new Engine(each.getValue(), each.getKey()))
              .toList();
      try (Engine first = engines.get(0);
          Engine second = engines.get(1);
          Engine coordinator = engines.get(2)) {
        TestCluster.await(() ->
            engines.stream().allMatch(each -> each.complete().size() == 3 && each.isSettled()));
        cutOff(coordinator);
        TestCluster.await(() -> !coordinator.isAvailable());
        TestCluster.await(() -> first.members().size() == 2 && second.members().size() == 2);
        assertTrue(first.isAvailable() && second.isAvailable());
      }
    }
  }

  /** Lets nothing more through to or from a node, until it is taken out of the stack. */
  private static DISCARD cutOff(Engine engine) throws Exception {
    ProtocolStack stack = channel(engine).getProtocolStack();
    DISCARD discard = new DISCARD().discardAll(true);
    stack.insertProtocol(discard, ProtocolStack.Position.ABOVE, TP.class);
    return discard;
  }

  private static Class<?> failureOfWaitingFor(String name, ClusterStore store) {
    try (ObjectView view = store.get(name, Duration.ofSeconds(60))) {
      return view.getClass();
    } catch (StoreException | InterruptedException e) {
      return e.getClass();
    }
  }

  private static JChannel channel(Engine engine) {
    return ((JGroupsTransport) engine.directory().getRpcManager().getTransport()).getChannel();
  }

  /** A JGroups file that notices sooner than the built-in one that a silent node is lost. */
  private static Path quick(TestCluster cluster, ClusterOptions options) {
    Path file = cluster.nearCache(options.bind().getPort());
    try (InputStream in = Engine.class.getResourceAsStream("tcp.xml")) {
      String text =
          Engine.fill(new String(in.readAllBytes(), StandardCharsets.UTF_8), options)
              .replace("timeout=\"10s\" interval=\"2s\"", "timeout=\"3s\" interval=\"1s\"");
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
