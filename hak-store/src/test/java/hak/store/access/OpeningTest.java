package hak.store.access;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreAccessException;
import hak.store.StoreOptions;
import hak.store.StoreVerifier;
import hak.store.VerifyReport.Outcome;
import hak.store.file.Interrupts;
import hak.store.file.StoreFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening and creating in unusual circumstances. */
class OpeningTest {
  private final TestStores stores = new TestStores();

  @AfterEach
  void clean() throws Exception {
    assertFalse(Thread.interrupted(), "each test takes its interrupt back");
    stores.close();
  }

  @Test
  void aThreadThatIsInterruptedUsesAStoreAsAnyOther() {
    Path path = stores.path();
    StoreOptions options = TestStores.SMALL.withCapacityBytes(16 << 20).withObjectLimit(5000);
    Thread.currentThread().interrupt();
    try (ObjectStore store = ObjectStore.createNew(path, options)) {
      ObjectRef ref = store.put("x", TestStores.data(1, 2_000_000)); // the file grows
      assertArrayEquals(TestStores.bytes(1, 2_000_000), TestStores.read(store, ref));
      for (int i = 0; i < 1500; i++) {
        store.put(TestStores.data(i, 10)); // the tables grow
      }
      store.delete(ref);
      store.trim();
      assertEquals(Outcome.CLEAN, store.verify().outcome());
      assertEquals(1500, store.stats().objects());
    }
    assertEquals(Outcome.CLEAN, StoreVerifier.verify(path).outcome());
    assertEquals(Outcome.CLEAN, StoreVerifier.repair(path).outcome());
    try (ObjectStore store = ObjectStore.open(path, options)) {
      assertEquals(1500, store.list().size());
    }
    assertTrue(Thread.interrupted(), "the interrupt is not lost");
  }

  @Test
  void anInterruptInTheMidstHasTheActionDoneAgain() {
    AtomicInteger runs = new AtomicInteger();
    int result =
        Interrupts.putAside(() -> {
          if (runs.incrementAndGet() == 1) {
            Thread.currentThread().interrupt();
            throw StoreFile.failed(stores.path(), new ClosedByInterruptException());
          }
          assertFalse(Thread.currentThread().isInterrupted());
          return 7;
        });
    assertEquals(7, result);
    assertEquals(2, runs.get());
    assertTrue(Thread.interrupted());
  }

  @Test
  void noMessageIsNull() {
    String message = StoreFile.failed(stores.path(), new ClosedByInterruptException()).getMessage();
    assertTrue(message.contains("ClosedByInterruptException"), message);
  }

  @Test
  void theRootIsNoStore() {
    for (String path : new String[] {"/", "/.", "/..", "//"}) {
      StoreAccessException e =
          assertThrows(
              StoreAccessException.class,
              () -> ObjectStore.createNew(Path.of(path), TestStores.SMALL));
      assertTrue(e.getMessage().contains("/ is a folder"), e::getMessage);
      assertThrows(
          StoreAccessException.class, () -> ObjectStore.open(Path.of(path), TestStores.SMALL));
    }
  }

  @Test
  void theFileMayHaveTheLongestNameThereIs(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("s".repeat(255));
    try (ObjectStore store = ObjectStore.createNew(path, TestStores.SMALL)) {
      store.put("x", TestStores.data(1, 100));
    }
    assertEquals(Outcome.CLEAN, StoreVerifier.verify(path).outcome());
    Files.delete(path);
    StoreAccessException e =
        assertThrows(
            StoreAccessException.class,
            () -> ObjectStore.createNew(folder.resolve("s".repeat(256)), TestStores.SMALL));
    assertTrue(e.getMessage().contains("File name too long"), e::getMessage);
  }
}
