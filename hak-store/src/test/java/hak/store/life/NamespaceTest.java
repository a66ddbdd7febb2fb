package hak.store.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreAccessException;
import hak.store.StoreFullException;
import hak.store.StoreVerifier;
import hak.store.access.TestStores;
import hak.store.access.TestStores.SimulatedProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that share a store from namespaces of their own, as containers do. */
class NamespaceTest {
  private static final long SECOND = 1_000_000_000;

  private final TestStores stores = new TestStores();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  @ParameterizedTest
  @EnumSource
  void aLivingStrangersPinsAreRespected(Namespaces namespaces) throws Exception {
    Path path = stores.path();
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      ObjectRef ref = store.put(TestStores.data(1, 300_000));
      try (Child reader =
          Child.startIn(namespaces.runner(), "hold", path.toString(), ref.toString())) {
        assertEquals("held", reader.line());
        store.delete(ref);
        assertEquals(1, store.stats().pinned(), "it lives, so its view stays");
        assertThrows(StoreFullException.class, () -> fill(store));
        assertEquals(2, store.stats().processes());
        reader.proceed();
        assertEquals("true", reader.line(), "the view is intact");
        assertEquals(0, reader.exitCode());
        assertEquals(0, store.stats().pinned());
        store.put(TestStores.data(3, 300_000));
      }
    }
  }

  private static void fill(ObjectStore store) {
    for (int i = 0; ; i++) {
      store.put(TestStores.data(i, 50_000));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAKilledContainerLeftIsTakenOverAtOnce(Namespaces namespaces) throws Exception {
    Path path = stores.path();
    try (Child killed = Child.startIn(namespaces.runner(), "load", path.toString(), "1")) {
      assertEquals("ready", killed.line());
      // When it dies is the point of the test, not something to wait for.
      LockSupport.parkNanos(30_000_000);
      killed.kill();
    }
    try (Child restarted = Child.startIn(namespaces.runner(), "create", path.toString())) {
      assertEquals(0, restarted.exitCode(), "a restarted container opens its store");
    }
    long start = System.nanoTime();
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      assertTrue(System.nanoTime() - start < SECOND);
      TestStores.awaitAlone(store);
      assertEquals(List.of(), store.verify().findings());
    }
  }

  @Test
  void twoProcessesWithTheSameIdShareOneStore() throws Exception {
    Path path = stores.path();
    List<String> runner = Namespaces.CONTAINER.runner();
    try (Child one = Child.startIn(runner, "rounds", path.toString(), "300");
        Child two = Child.startIn(runner, "rounds", path.toString(), "300")) {
      assertEquals("1", one.line());
      assertEquals("1", two.line());
      assertEquals(0, one.exitCode());
      assertEquals(0, two.exitCode());
    }
    assertEquals(List.of(), StoreVerifier.verify(path).findings());
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      assertEquals(0, store.stats().objects());
      assertEquals(1, store.stats().processes());
    }
  }

  @Test
  void withoutLocksOfOpenFilesAStrangerIsRefused() throws Exception {
    List<String> runner = Namespaces.PID.runner();
    Path path = stores.path();
    ObjectRef ref;
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      ref = store.put(TestStores.data(1, 100));
    }
    try (Child stranger = Child.startIn(runner, "hold", path.toString(), ref.toString())) {
      assertEquals("held", stranger.line());
      String message =
          assertThrows(
                  StoreAccessException.class,
                  () -> TestStores.openWithoutLocks(path, TestStores.SMALL, new SimulatedProcess()))
              .getMessage();
      assertTrue(message.contains("another PID namespace"), message);
      assertTrue(message.contains("there are no locks"), message);
      stranger.proceed();
      assertEquals("true", stranger.line());
      assertEquals(0, stranger.exitCode());
    }
  }
}
