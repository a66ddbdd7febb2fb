package hak.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.HakAllocator;
import hak.store.LostViews;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreOptions;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The system has no thread for a while: what needs one is refused and can be tried again, what does
 * not need it is done. In JVMs of their own, which run out of threads.
 */
class NoThreadTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static void run(Class<?> main, String... arguments) throws Exception {
    ChildJvm.run(PATIENCE, ThreadShortage.JVM_OPTIONS, main, List.of(arguments));
  }

  @ParameterizedTest
  @EnumSource(names = {"BARE", "FULL"})
  void aStackThatCannotBeOpenedForWantOfAThreadCanBeOpenedLater(TestStack stack) throws Exception {
    run(Opening.class, stack.name());
  }

  /** Opens a stack twice: once without threads. */
  static final class Opening {
    private Opening() {}

    public static void main(String[] arguments) throws Exception {
      TestStack stack = TestStack.valueOf(arguments[0]);
      try (ThreadShortage _ = new ThreadShortage()) {
        assertThrows(OutOfMemoryError.class, stack::open);
      }
      try (HakAllocator allocator = stack.open()) {
        allocator.free(allocator.malloc(100));
      }
    }
  }

  @Test
  void aStoreWorksWithoutThreadsAndHasThemLater() throws Exception {
    Path folder = Files.createTempDirectory("hak-no-thread");
    try {
      run(Store.class, folder.resolve("store").toString());
    } finally {
      Files.deleteIfExists(folder.resolve("store"));
      Files.delete(folder);
    }
  }

  /** Uses a store without threads, and after that. */
  static final class Store {
    private static final Duration SOON = Duration.ofMillis(10);
    private static final long BYTES = 4 << 20;

    /** Several threads copy so much. */
    private static final int LARGE_BYTES = 17 << 20;

    private Store() {}

    public static void main(String[] arguments) throws Exception {
      Path path = Path.of(arguments[0]);
      StoreOptions options =
          StoreOptions.DEFAULT
              .withCapacityBytes(64 << 20)
              .withCopyThreads(4)
              .withPurge(SOON, BYTES / 2)
              .withLostViews(LostViews.RELEASED);
      MemorySegment data = MemorySegment.ofArray(new byte[(int) BYTES]);
      ThreadShortage shortage = new ThreadShortage();
      try (ObjectStore store = ObjectStore.open(path, options)) {
        ObjectRef ref = store.put("a", data);
        ObjectRef next = store.replace("a", data);
        assertTrue(store.contains("a"));
        assertEquals(next, store.find("a"));
        assertThrows(RuntimeException.class, () -> store.delete(ref));
        assertThrows(OutOfMemoryError.class, () -> store.get("a"));
        store.delete("a");
        ObjectRef large = store.put(MemorySegment.ofArray(new byte[LARGE_BYTES]));
        store.delete(large);
        shortage.close();
        ObjectRef last = store.put("b", data);
        try (ObjectView view = store.get(last)) {
          assertTrue(view.isIntact());
        }
        store.delete("b");
        awaitGivenBack(store);
      }
    }

    private static void awaitGivenBack(ObjectStore store) throws InterruptedException {
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (store.stats().freeBackedBytes() > BYTES) {
        assertTrue(System.nanoTime() < deadline, "memory of deleted objects never goes back");
        Thread.sleep(SOON);
      }
    }
  }
}
