package hak.store.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.store.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that close at the same time, while each chunk has two copies. */
class ClusterClosingTest {
  private static final int ROUNDS = Integer.getInteger("hak.store.closings", 3);
  private static final int OBJECTS = 30;
  private static final int SIZE = 3 * TestCluster.CHUNK + 7;

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void twoThatCloseAtOnceLoseNothing(int size) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      int first = round % size;
      closeAtOnce(size, first, (first + 1) % size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = 4)
  void allButOneThatCloseAtOnceLoseNothing(int size) throws Exception {
    closeAtOnce(size, IntStream.range(0, size - 1).toArray());
  }

  private static void closeAtOnce(int size, int... leaving) throws Exception {
    try (TestCluster cluster = TestCluster.started(size)) {
      List<ObjectRef> refs = new ArrayList<>();
      for (int i = 0; i < OBJECTS; i++) {
        refs.add(cluster.node(i % size).put(TestCluster.data(i, SIZE)));
      }
      cluster.closeAtOnce(leaving);
      for (int i = 0; i < size; i++) {
        ClusterStore node = cluster.node(i);
        if (node.isOpen()) {
          TestCluster.await(() -> isAlone(node, size - leaving.length));
          checkAll(node, refs);
        }
      }
    }
  }

  /** For a moment those that are left may take a node that left for one that crashed. */
  private static boolean isAlone(ClusterStore node, int members) {
    ClusterStats stats = node.clusterStats();
    return stats.available() && stats.settled() && stats.members() == members;
  }

  private static void checkAll(ClusterStore store, List<ObjectRef> refs) {
    assertEquals(List.of(), store.verify().findings());
    for (int i = 0; i < refs.size(); i++) {
      assertArrayEquals(TestCluster.bytes(i, SIZE), TestCluster.read(store, refs.get(i)));
    }
  }
}
