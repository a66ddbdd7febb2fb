package hak.store.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.DuplicateNameException;
import hak.store.ObjectInfo;
import hak.store.ObjectRef;
import hak.store.StoreFullException;
import hak.store.WritableObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A cluster with little room. */
class ClusterQuotaTest {
  private static final int CAPACITY = 1_000_000;
  private static final int OBJECTS = 8;
  private static final int ROUNDS = 60;

  private static TestCluster cluster;
  private static List<ClusterStore> nodes;

  @BeforeAll
  static void open() throws Exception {
    cluster = TestCluster.planned(3).with(ClusterQuotaTest::small);
    cluster.open(0, 1, 2);
    cluster.awaitMembers(3);
    nodes = List.of(cluster.node(0), cluster.node(1), cluster.node(2));
  }

  private static ClusterOptions small(ClusterOptions options) {
    return options.withCapacityBytes(CAPACITY).withObjectLimit(OBJECTS);
  }

  @AfterAll
  static void close() throws Exception {
    cluster.close();
  }

  @AfterEach
  void allRoomIsFreeAgain() {
    for (ObjectInfo each : nodes.get(0).list()) {
      nodes.get(0).delete(each.ref());
    }
    for (ClusterStore node : nodes) {
      assertEquals(new Quota.Usage(0, 0), node.quota().usage());
      assertEquals(0, node.clusterStats().usedBytes());
      assertEquals(0, node.clusterStats().localChunks());
    }
  }

  @Test
  void moreBytesThanTheCapacityAreRefusedOnEveryNode() {
    ObjectRef first = nodes.get(0).put("first", TestCluster.data(1, CAPACITY - 300_000));
    try (WritableObject written = nodes.get(1).create(200_000)) {
      for (ClusterStore node : nodes) {
        String message =
            assertThrows(
                    StoreFullException.class, () -> node.put("more", TestCluster.data(2, 100_001)))
                .getMessage();
        assertEquals(
            "no room for 100001 bytes in the cluster: 900000 of 1000000 are in use; delete objects,"
                + " or open all nodes anew with a larger capacityBytes",
            message);
        assertThrows(StoreFullException.class, () -> node.create(CAPACITY + 1L));
        assertThrows(StoreFullException.class, () -> node.create(Long.MAX_VALUE));
        ClusterStats stats = node.clusterStats();
        assertEquals(1, stats.objects());
        assertEquals(1, stats.pending());
        assertEquals(900_000, stats.usedBytes());
        assertEquals(CAPACITY, stats.capacityBytes());
        assertEquals(OBJECTS, stats.objectLimit());
      }
      nodes.get(2).put("more", TestCluster.data(2, 100_000));
      nodes.get(2).delete(first);
      written.seal();
    }
    nodes.get(1).put(TestCluster.data(3, CAPACITY - 300_000));
    assertThrows(StoreFullException.class, () -> nodes.get(0).create(1));
    assertEquals(List.of(), nodes.get(0).verify().findings());
  }

  @Test
  void moreObjectsThanTheLimitAreRefusedOnEveryNode() {
    for (int i = 0; i < OBJECTS - 1; i++) {
      nodes.get(i % 3).put("n" + i, TestCluster.data(i, i));
    }
    try (WritableObject last = nodes.get(0).create(0)) {
      for (ClusterStore node : nodes) {
        String message =
            assertThrows(StoreFullException.class, () -> node.create("more", 0)).getMessage();
        assertEquals(
            "the cluster holds 8 of at most 8 objects; delete some, or open all nodes anew with a"
                + " larger objectLimit",
            message);
      }
      assertEquals(0, last.segment().byteSize());
    }
    assertThrows(DuplicateNameException.class, () -> nodes.get(1).create("n1", 1));
    nodes.get(1).put("more", TestCluster.data(1, 1));
    assertThrows(StoreFullException.class, () -> nodes.get(2).create(0));
  }

  @Test
  void nodesThatAskForTheLastRoomAtOnceNeverGetMoreThanThereIs() throws Exception {
    int size = CAPACITY / 2 - 1;
    AtomicInteger held = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(nodes.size())) {
      List<Future<?>> done = new ArrayList<>();
      for (ClusterStore node : nodes) {
        done.add(
            threads.submit(() -> {
              for (int round = 0; round < ROUNDS; round++) {
                try (WritableObject object = node.create(size)) {
                  most.accumulateAndGet(held.incrementAndGet(), Math::max);
                  Thread.sleep(1);
                  held.decrementAndGet();
                  assertEquals(size, object.segment().byteSize());
                } catch (StoreFullException e) {
                  // Others have the room.
                }
              }
              return null;
            }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    assertTrue(most.get() >= 1 && most.get() <= 2, "held at once: " + most);
  }

  @Test
  void aNodeThatJoinsCountsWhatIsThereAndOneThatLeavesGivesUpWhatItWasWriting() throws Exception {
    try (TestCluster other = TestCluster.planned(3).with(ClusterQuotaTest::small)) {
      ClusterStore first = other.open(0, 1);
      ObjectRef ref = first.put(TestCluster.data(1, 600_000));
      ClusterStore third = other.open(2);
      assertEquals(new Quota.Usage(1, 600_000), third.quota().usage());
      assertThrows(StoreFullException.class, () -> third.create(500_000));
      try (WritableObject written = third.create(400_000)) {
        assertThrows(StoreFullException.class, () -> first.create(1));
        third.close();
        assertThrows(IllegalStateException.class, written::seal);
      }
      other.awaitMembers(2);
      first.create(400_000).close();
      first.delete(ref);
      first.create(CAPACITY).close();
    }
  }

  @Test
  void aNodeWithOtherOptionsIsRefused() throws Exception {
    try (TestCluster other = TestCluster.planned(3).with(ClusterQuotaTest::small)) {
      ClusterStore first = other.open(0, 1);
      ClusterOptions options = other.options(2);
      for (ClusterOptions wrong :
          List.of(options.withCapacityBytes(CAPACITY + 1), options.withCopies(3))) {
        String message =
            assertThrows(IllegalArgumentException.class, () -> ClusterStore.open(wrong))
                .getMessage();
        assertTrue(message.contains(options.common()) && message.contains(wrong.common()), message);
      }
      other.awaitMembers(2);
      first.put(TestCluster.data(1, 1));
      other.open(2);
      other.awaitMembers(3);
    }
  }
}
