package hak.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.access.TestStores;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several objects at once, and objects that are waited for by nobody in particular. */
class SeveralTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final TestStores stores = new TestStores();
  private ObjectStore store;

  @BeforeEach
  void open() {
    store = ObjectStore.open(stores.path(), TestStores.SMALL);
  }

  @AfterEach
  void close() throws Exception {
    assertEquals(0, store.stats().pinned(), "no view is left open");
    assertEquals(List.of(), store.verify().findings());
    store.close();
    stores.close();
  }

  private static Map<String, MemorySegment> objects(String... names) {
    Map<String, MemorySegment> objects = new LinkedHashMap<>();
    for (String name : names) {
      objects.put(name, TestStores.data(name.hashCode(), 100));
    }
    return objects;
  }

  @Test
  void putsAndGetsAll() {
    Map<String, ObjectRef> refs = store.putAll(objects("c", "a", "b"));
    assertEquals(List.of("c", "a", "b"), List.copyOf(refs.keySet()));
    List<ObjectView> views = store.getAll(List.copyOf(refs.values()));
    for (int i = 0; i < 3; i++) {
      String name = List.copyOf(refs.keySet()).get(i);
      assertArrayEquals(
          TestStores.bytes(name.hashCode(), 100),
          views.get(i).segment().toArray(ValueLayout.JAVA_BYTE));
      assertTrue(views.get(i).isIntact());
      views.get(i).close();
    }
    assertEquals(Map.of(), store.putAll(Map.of()));
    assertEquals(List.of(), store.getAll(List.of()));
  }

  @Test
  void whenOneCannotBePutNoneIs() {
    store.put("b", TestStores.data(1, 10));
    assertThrows(DuplicateNameException.class, () -> store.putAll(objects("a", "b", "c")));
    assertEquals(1, store.stats().objects());
    Map<String, MemorySegment> large = objects("d", "e");
    large.put("f", TestStores.data(1, 1 << 20));
    assertThrows(StoreFullException.class, () -> store.putAll(large));
    assertEquals(1, store.stats().objects());
  }

  @Test
  void whenOneIsNotThereNoViewIsLeftOpen() {
    ObjectRef one = store.put(TestStores.data(1, 10));
    ObjectRef gone = store.put(TestStores.data(1, 10));
    store.delete(gone);
    assertThrows(NoSuchObjectException.class, () -> store.getAll(List.of(one, gone)));
  }

  @Test
  void aFutureIsCompletedWhenTheObjectIsSealed() throws Exception {
    CompletableFuture<ObjectView> named = store.getAsync("n", LONG);
    try (WritableObject object = store.create("n", 8)) {
      CompletableFuture<Long> number =
          store
              .getAsync(object.ref(), LONG)
              .thenApply(view -> {
                try (view) {
                  return view.segment().get(ValueLayout.JAVA_LONG, 0);
                }
              });
      assertFalse(named.isDone());
      object.segment().set(ValueLayout.JAVA_LONG, 0, 42);
      object.seal();
      assertEquals(42, number.get(20, TimeUnit.SECONDS));
    }
    try (ObjectView view = named.get(20, TimeUnit.SECONDS)) {
      assertEquals(8, view.sizeBytes());
    }
  }

  @Test
  void aFutureFailsAsGetDoes() {
    ExecutionException late =
        assertThrows(
            ExecutionException.class,
            () -> store.getAsync("n", Duration.ofMillis(10)).get(20, TimeUnit.SECONDS));
    assertEquals(StoreTimeoutException.class, late.getCause().getClass());
    ExecutionException gone =
        assertThrows(
            ExecutionException.class,
            () -> store.getAsync(new ObjectRef(77), LONG).get(20, TimeUnit.SECONDS));
    assertEquals(NoSuchObjectException.class, gone.getCause().getClass());
  }

  @Test
  void aFutureThatIsCancelledOrLateLeavesNoViewOpen() throws Exception {
    CompletableFuture<ObjectView> cancelled = store.getAsync("n", LONG);
    assertTrue(cancelled.cancel(true));
    CompletableFuture<ObjectView> late =
        store.getAsync("n", LONG).orTimeout(5, TimeUnit.MILLISECONDS);
    assertThrows(CompletionException.class, late::join);
    store.put("n", TestStores.data(1, 10));
    assertThrows(CancellationException.class, cancelled::join);
    // A view that came at the same moment is closed by the thread that waited.
    long start = System.nanoTime();
    while (store.stats().pinned() > 0) {
      assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20));
    }
  }
}
