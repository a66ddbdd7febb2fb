package hak.store.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.DuplicateNameException;
import hak.store.ObjectInfo;
import hak.store.ObjectRef;
import hak.store.ObjectView;
import hak.store.StoreFullException;
import hak.store.WritableObject;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A name passes from one object to another on all nodes. */
class ClusterReplaceTest {
  private static final int SIZE = 2 * TestCluster.CHUNK + 100;

  private static byte[] read(ClusterStore store, String name) {
    try (ObjectView view = store.get(name)) {
      return view.segment().toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /** Nothing but the objects of that list is left anywhere. */
  private static void assertOnly(ClusterStore store, ObjectRef... refs) {
    assertEquals(List.of(refs), store.list().stream().map(ObjectInfo::ref).toList());
    assertEquals(refs.length, store.clusterStats().objects());
    assertEquals(0, store.clusterStats().pending());
    assertEquals(List.of(), store.verify().findings());
  }

  @Test
  void allNodesSeeTheNewOneAndViewsOfTheOldOneStay() throws Exception {
    try (TestCluster cluster = TestCluster.started(2)) {
      ClusterStore one = cluster.node(0);
      ClusterStore two = cluster.node(1);
      ObjectRef first = one.replace("n", TestCluster.data(1, SIZE));
      assertArrayEquals(TestCluster.bytes(1, SIZE), read(two, "n"));
      try (ObjectView view = two.get("n")) {
        ObjectRef second = one.replace("n", TestCluster.data(2, 500));
        assertEquals(second, two.find("n"));
        assertFalse(two.contains(first));
        assertArrayEquals(TestCluster.bytes(2, 500), read(two, "n"));
        assertArrayEquals(
            TestCluster.bytes(1, SIZE), view.segment().toArray(ValueLayout.JAVA_BYTE));
        assertOnly(one, second);
        two.delete("n");
        assertOnly(one);
      }
    }
  }

  @Test
  void aNameThatIsBeingWrittenIsNotTakenAwayAndNothingIsLeft() throws Exception {
    try (TestCluster cluster = TestCluster.started(2)) {
      ClusterStore one = cluster.node(0);
      ClusterStore two = cluster.node(1);
      try (WritableObject object = two.create("n", 10)) {
        assertThrows(
            DuplicateNameException.class, () -> one.replace("n", TestCluster.data(1, 100)));
        assertEquals(1, one.list().size());
        object.append(TestCluster.data(3, 10));
        object.seal();
      }
      assertOnly(one, one.find("n"));
      assertArrayEquals(TestCluster.bytes(3, 10), read(one, "n"));
    }
  }

  @Test
  void aFullClusterKeepsTheOldOne() throws Exception {
    try (TestCluster cluster =
        TestCluster.planned(1).with(options -> options.withCapacityBytes(100_000))) {
      ClusterStore store = cluster.open(0);
      ObjectRef ref = store.put("n", TestCluster.data(1, 60_000));
      assertThrows(StoreFullException.class, () -> store.replace("n", TestCluster.data(2, 60_000)));
      assertOnly(store, ref);
      assertArrayEquals(TestCluster.bytes(1, 60_000), read(store, "n"));
    }
  }

  @Test
  void ofSeveralThatReplaceAtOnceOneIsLeftAndReadersAlwaysFindOne() throws Exception {
    try (TestCluster cluster = TestCluster.started(2);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      cluster.node(0).put("n", TestCluster.data(0, SIZE));
      AtomicInteger writing = new AtomicInteger(2);
      List<Future<?>> all = new ArrayList<>();
      for (int n = 0; n < 2; n++) {
        ClusterStore store = cluster.node(n);
        all.add(
            threads.submit(() -> {
              try {
                for (int i = 0; i < 40; i++) {
                  store.replace("n", TestCluster.data(i, SIZE));
                }
              } finally {
                writing.decrementAndGet();
              }
              return null;
            }));
        all.add(
            threads.submit(() -> {
              while (writing.get() > 0) {
                try (ObjectView view = store.get("n")) {
                  assertTrue(view.isIntact());
                }
              }
              return null;
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      assertOnly(cluster.node(0), cluster.node(0).find("n"));
      assertArrayEquals(TestCluster.bytes(39, SIZE), read(cluster.node(1), "n"));
    }
  }

  @Test
  void whatAReplaceThatWasNotFinishedLeftIsSwept() throws Exception {
    try (TestCluster cluster = TestCluster.planned(1)) {
      ClusterStore store = cluster.open(0);
      // As if its node had died before it gave the object its name: two of one name.
      ObjectRef old = store.put("m", TestCluster.data(1, SIZE));
      Manifest manifest = store.directory().manifest(old.value());
      ObjectRef fresh = store.put("n", TestCluster.data(2, SIZE));
      byte[] sealed = store.directory().manifest(fresh.value()).encode();
      Manifest misnamed = Manifest.decode(fresh.value(), rename(sealed, manifest.name()));
      store.sweeper().spare(fresh.value());
      store.engine().directory().replace(Directory.objectKey(fresh.value()), misnamed.encode());
      assertEquals(2, store.list().size());
      store.sweeper().sweep();
      assertEquals(2, store.list().size(), "it is about to get the name");
      store.sweeper().spareNoLonger(fresh.value());
      store.sweeper().sweep();
      assertOnly(store, old);
      assertArrayEquals(TestCluster.bytes(1, SIZE), read(store, "m"));
      store.put("k", TestCluster.data(3, 10));
    }
  }

  /** The bytes of a manifest with another name of one letter, which is its last byte. */
  private static byte[] rename(byte[] manifest, String name) {
    byte[] renamed = manifest.clone();
    renamed[renamed.length - 1] = (byte) name.charAt(0);
    return renamed;
  }

  @Test
  void aWaitWithoutEndEndsWithTheNewObject() throws Exception {
    try (TestCluster cluster = TestCluster.planned(1);
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      ClusterStore store = cluster.open(0);
      Future<Long> size =
          threads.submit(() -> {
            try (ObjectView view = store.get("n", Duration.ofSeconds(Long.MAX_VALUE))) {
              return view.sizeBytes();
            }
          });
      store.replace("n", TestCluster.data(1, 77));
      assertEquals(77, size.get());
    }
  }
}
