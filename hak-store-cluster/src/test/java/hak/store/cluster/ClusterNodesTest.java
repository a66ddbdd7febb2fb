package hak.store.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.NoSuchObjectException;
import hak.store.ObjectRef;
import hak.store.ObjectView;
import hak.store.WritableObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.infinispan.manager.DefaultCacheManager;
import org.junit.jupiter.api.Test;

/** Nodes that come and go. */
class ClusterNodesTest {
  @Test
  void nodesThatLeaveOneAfterTheOtherLoseNothingAndMayComeBack() throws Exception {
    try (TestCluster cluster = TestCluster.started(3)) {
      List<ObjectRef> refs = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        refs.add(cluster.node(i % 3).put("n" + i, TestCluster.data(i, 3 * TestCluster.CHUNK + i)));
      }
      cluster.node(0).close();
      cluster.node(1).close();
      ClusterStore last = cluster.node(2);
      awaitAll(last, refs);

      ClusterStore back = cluster.open(0);
      cluster.awaitMembers(2);
      checkAll(back, refs);
      ObjectRef more = back.put(TestCluster.data(99, 10));
      assertFalse(refs.contains(more));
      last.close();
      awaitAll(back, refs);
    }
  }

  /** For a moment the others may take a node that left for one that crashed. */
  private static void awaitAll(ClusterStore store, List<ObjectRef> refs) throws Exception {
    TestCluster.await(() -> {
      try {
        checkAll(store, refs);
        return true;
      } catch (StoreUnavailableException e) {
        return false;
      }
    });
    assertEquals(List.of(), store.verify().findings());
  }

  private static void checkAll(ClusterStore store, List<ObjectRef> refs) {
    for (int i = 0; i < refs.size(); i++) {
      assertEquals(refs.get(i), store.find("n" + i));
      assertArrayEquals(
          TestCluster.bytes(i, 3 * TestCluster.CHUNK + i), TestCluster.read(store, refs.get(i)));
    }
  }

  @Test
  void aClosedNodeRefusesItsViewsStayValidAndWhatItWasWritingGoes() throws Exception {
    try (TestCluster cluster = TestCluster.started(2)) {
      ClusterStore one = cluster.node(0);
      ClusterStore two = cluster.node(1);
      ObjectRef ref = one.put(TestCluster.data(1, 100_000));
      try (ObjectView view = one.get(ref);
          WritableObject object = one.create("late", 10)) {
        assertEquals(1, two.clusterStats().pending());
        one.close();
        cluster.awaitMembers(1);
        assertThrows(IllegalStateException.class, () -> one.get(ref));
        assertThrows(IllegalStateException.class, () -> one.put(TestCluster.data(1, 1)));
        assertThrows(IllegalStateException.class, one::stats);
        assertThrows(IllegalStateException.class, one::clusterStats);
        assertTrue(view.isIntact());
        object.append(TestCluster.data(1, 10));
        assertThrows(IllegalStateException.class, object::seal);
        assertThrows(NoSuchObjectException.class, () -> two.get(object.ref()));
      }
      assertEquals(0, two.clusterStats().pending());
      two.put("late", TestCluster.data(1, 10));
    }
  }

  @Test
  void nodesOfOneMachineMayShareTheNearCache() throws Exception {
    try (TestCluster cluster = TestCluster.planned(2)) {
      cluster.with(o -> o.withNearCache(cluster.nearCache(0), o.nearOptions()));
      cluster.open(0, 1);
      ObjectRef ref = cluster.node(0).put(TestCluster.data(1, 300_000));
      assertArrayEquals(TestCluster.bytes(1, 300_000), TestCluster.read(cluster.node(1), ref));
      assertEquals(0, cluster.node(1).clusterStats().nearMisses());
      assertEquals(1, cluster.node(1).stats().objects());
    }
  }

  @Test
  void aSweepRemovesChunksAndCopiesThatNoManifestLeadsTo() throws Exception {
    try (TestCluster cluster = TestCluster.planned(1)) {
      ClusterStore store = cluster.open(0);
      ObjectRef kept = store.put(TestCluster.data(1, 100_000));
      ObjectRef lost = store.put(TestCluster.data(2, 100_000));
      store.engine().directory().remove(Directory.objectKey(lost.value()));
      TestCluster.await(() -> store.stats().objects() == 1);
      assertEquals(4, store.clusterStats().localChunks());
      store.sweeper().sweep();
      assertEquals(2, store.clusterStats().localChunks());
      assertArrayEquals(TestCluster.bytes(1, 100_000), TestCluster.read(store, kept));
    }
  }

  @Test
  void copiesOfAnEarlierClusterAreDropped() throws Exception {
    try (TestCluster cluster = TestCluster.planned(1)) {
      ObjectRef before = cluster.open(0).put(TestCluster.data(1, 100_000));
      cluster.node(0).close();
      ClusterStore anew = cluster.open(0);
      assertThrows(NoSuchObjectException.class, () -> anew.get(before));
      assertNotEquals(before, anew.put(TestCluster.data(1, 100_000)));
      anew.sweeper().sweep();
      assertEquals(1, anew.stats().objects());
    }
  }

  @Test
  void aNodeThatHoldsTheDirectoryAloneIsNoMemberYet() throws Exception {
    try (TestCluster cluster = TestCluster.planned(3)) {
      ClusterStore store = cluster.open(0, 1);
      cluster.awaitMembers(2);
      DefaultCacheManager joining = Engine.connect(cluster.options(2));
      try {
        cluster.awaitMembers(3);
        joining.getCache("chunks").stop();
        cluster.awaitMembers(2);
        assertEquals(3, store.engine().members().size());
        joining.getCache("chunks").start();
        cluster.awaitMembers(3);
      } finally {
        joining.stop();
      }
    }
  }

  @Test
  void withoutAMajorityOfTheInitialMembersANodeDoesNotOpen() throws Exception {
    try (TestCluster cluster = TestCluster.planned(3)) {
      ClusterOptions impatient = cluster.options(0).withCallTimeout(Duration.ofSeconds(2));
      assertThrows(StoreUnavailableException.class, () -> ClusterStore.open(impatient));
      // Nothing is left of the attempt.
      cluster.open(0, 1);
      cluster.awaitMembers(2);
    }
  }

  @Test
  void optionsAreChecked() throws Exception {
    try (TestCluster cluster = TestCluster.planned(1)) {
      ClusterOptions options = cluster.options(0);
      assertTrue(options.nearOptions().eviction());
      assertThrows(IllegalArgumentException.class, () -> options.withCopies(1));
      assertThrows(IllegalArgumentException.class, () -> options.withCopies(9));
      assertThrows(IllegalArgumentException.class, () -> options.withChunkBytes(4095));
      assertThrows(IllegalArgumentException.class, () -> options.withCapacityBytes(4095));
      assertThrows(IllegalArgumentException.class, () -> options.withCapacityBytes(65L << 40));
      assertThrows(IllegalArgumentException.class, () -> options.withObjectLimit(0));
      assertThrows(IllegalArgumentException.class, () -> options.withObjectLimit((1 << 20) + 1));
      assertThrows(IllegalArgumentException.class, () -> options.withBind("h", 65_500));
      assertThrows(IllegalArgumentException.class, () -> options.withCallTimeout(Duration.ZERO));
      assertThrows(
          IllegalArgumentException.class,
          () -> ClusterOptions.loopback("a/b", options.nearCache()));
    }
  }
}
