package hak.store.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreAccessException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The file of a store is removed while it is open, and another made in its place. */
class RemovedFileTest {
  private static final long SECOND = 1_000_000_000;

  private final TestStores stores = new TestStores();
  private ObjectStore old;
  private ObjectRef ref;

  @BeforeEach
  void open() {
    old = ObjectStore.open(stores.path(), TestStores.SMALL);
    ref = old.put("n", TestStores.data(1, 100));
  }

  @AfterEach
  void clean() throws Exception {
    old.close();
    stores.close();
  }

  private static void checkSays(Executable call) {
    String message = assertThrows(StoreAccessException.class, call).getMessage();
    assertTrue(message.contains("names another file now"), message);
  }

  @Test
  void aHandleOfTheOldFileSaysThatThePathNamesAnother() throws Exception {
    Files.delete(old.path());
    try (ObjectStore fresh = ObjectStore.open(old.path(), TestStores.SMALL)) {
      assertFalse(fresh.contains("n"));
      checkSays(old::list);
      checkSays(old::stats);
      checkSays(old::verify);
      checkSays(() -> old.get("m"));
      checkSays(() -> old.find("m"));
      checkSays(() -> old.get("m", Duration.ofSeconds(60)));
      long start = System.nanoTime();
      checkSays(() -> {
        while (System.nanoTime() - start < SECOND) {
          old.put("later", TestStores.data(2, 1));
          old.delete("later");
        }
      });
      assertEquals(1, fresh.stats().processes());
      fresh.put("n", TestStores.data(2, 100));
    }
  }

  @Test
  void whatIsReadStaysAndCanBeLetGo() throws Exception {
    try (ObjectView view = old.get(ref)) {
      Files.delete(old.path());
      ObjectStore.open(old.path(), TestStores.SMALL).close();
      old.delete("n");
      assertTrue(view.isIntact());
    }
    old.close();
  }

  @Test
  void whoWaitsForAnObjectIsTold() throws Exception {
    FutureTask<ObjectView> wait = new FutureTask<>(() -> old.get("later", Duration.ofSeconds(60)));
    Thread waiting = Thread.ofPlatform().start(wait);
    Files.delete(old.path());
    ObjectStore.open(old.path(), TestStores.SMALL).close();
    waiting.join(Duration.ofSeconds(20));
    checkSays(() -> {
      try {
        wait.resultNow();
      } catch (IllegalStateException e) {
        throw wait.exceptionNow();
      }
    });
  }

  @Test
  void aStoreWhoseNameIsGoneGoesOn() throws Exception {
    Files.delete(old.path());
    assertEquals(1, old.stats().objects());
    old.put("more", TestStores.data(2, 100_000));
    assertTrue(old.contains("more"));
  }
}
