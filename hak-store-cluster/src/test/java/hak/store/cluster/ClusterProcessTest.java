package hak.store.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.Hak;
import hak.store.DuplicateNameException;
import hak.store.NoSuchObjectException;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.modular.NamedModuleProgram;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nodes that are processes of their own, and die. */
class ClusterProcessTest {
  /** What a child printed of an object that it had sealed. */
  private record Sealed(ObjectRef ref, int sizeBytes) {
    static Sealed parse(String line) {
      String[] parts = line.split(" ", -1);
      return new Sealed(ObjectRef.parse(parts[0]), Integer.parseInt(parts[1]));
    }
  }

  @Test
  void whenOneOfThreeIsKilledWhileObjectsArePutNothingSealedIsLost() throws Exception {
    try (TestCluster cluster = TestCluster.planned(3);
        Child survivor = Child.start(cluster, 1, "load");
        Child victim = Child.start(cluster, 2, "load")) {
      ClusterStore store = cluster.open(0);
      List<Sealed> sealed = new ArrayList<>();
      take(40, survivor, sealed);
      take(40, victim, sealed);
      victim.kill();
      take(Integer.MAX_VALUE, victim, sealed);
      take(40, survivor, sealed);
      checkAll(store, sealed);
      assertEquals(List.of(), store.verify().findings());

      // One of two cannot tell whether the other died or is out of reach.
      TestCluster.await(() -> store.clusterStats().settled());
      survivor.kill();
      TestCluster.awaitRefusal(store);
      assertThrows(StoreUnavailableException.class, () -> store.contains(sealed.getFirst().ref()));
      store.assumeLostNodesDead();
      TestCluster.await(() -> store.clusterStats().available());
      checkAll(store, sealed);
      TestCluster.await(() -> store.clusterStats().pending() == 0);
      store.put(TestCluster.data(1, 1));
      assertEquals(List.of(), store.verify().findings());
    }
  }

  private static void checkAll(ClusterStore store, List<Sealed> sealed) {
    for (Sealed each : sealed) {
      assertArrayEquals(
          TestCluster.bytes(each.sizeBytes(), each.sizeBytes()),
          TestCluster.read(store, each.ref()));
    }
  }

  /** Reads what a child printed, up to so many lines. */
  private static void take(int most, Child child, List<Sealed> sealed) throws IOException {
    for (int i = 0; i < most; i++) {
      String line = child.line();
      if (line == null) {
        return;
      }
      // The last line of a killed process may be cut off.
      if (line.endsWith("sealed")) {
        sealed.add(Sealed.parse(line));
      }
    }
  }

  @Test
  void whatAProducerHadNotSealedWhenItWasKilledGoes() throws Exception {
    try (TestCluster cluster = TestCluster.planned(3);
        Child producer = Child.start(cluster, 2, "half")) {
      ClusterStore one = cluster.open(0, 1);
      ClusterStore two = cluster.node(1);
      ObjectRef ref = ObjectRef.parse(producer.line());
      assertFalse(one.contains("half"));
      assertThrows(NoSuchObjectException.class, () -> one.get(ref));
      assertThrows(DuplicateNameException.class, () -> one.create("half", 1));
      assertTrue(one.clusterStats().localChunks() > 0);
      producer.kill();
      assertThrows(NoSuchObjectException.class, () -> one.get(ref, Duration.ofSeconds(30)));
      // The manifest goes last, and with it what the object counts.
      TestCluster.await(() ->
          one.clusterStats().localChunks() + two.clusterStats().localChunks() == 0
              && one.list().isEmpty()
              && two.quota().usage().equals(new Quota.Usage(0, 0)));
      one.put("half", TestCluster.data(1, 10));
    }
  }

  @Test
  void runsAsANamedModuleWithInfinispanOnTheClassPath() throws Exception {
    Set<String> modules =
        Stream.of(Hak.class, ObjectStore.class, ClusterStore.class)
            .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
            .map(each -> new File(each.getPath()).getPath())
            .collect(Collectors.toSet());
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(each -> !modules.contains(new File(each).getPath()))
            .collect(Collectors.joining(File.pathSeparator));
    try (TestCluster cluster = TestCluster.planned(1);
        Child child =
            Child.run(
                List.of(
                    "-p",
                    String.join(File.pathSeparator, modules),
                    "--add-modules",
                    "hak.store.cluster",
                    "-cp",
                    classPath),
                NamedModuleProgram.class.getName(),
                cluster.nearCache(0).toString(),
                Integer.toString(cluster.options(0).bind().getPort()))) {
      assertEquals("module hak.store.cluster 3000000", child.line());
      assertEquals(0, child.exitCode());
    }
  }
}
