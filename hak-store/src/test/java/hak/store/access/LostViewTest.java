package hak.store.access;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.LostViews;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreProcess;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Views that nobody closes. */
class LostViewTest {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final TestStores stores = new TestStores();
  private final Logger logger = Logger.getLogger("hak.store");
  private final LogRecords log = new LogRecords();

  /** Keeps what is logged. */
  private static final class LogRecords extends Handler {
    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(LogRecord record) {
      records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    logger.addHandler(log);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void clean() throws Exception {
    logger.removeHandler(log);
    logger.setUseParentHandlers(true);
    stores.close();
  }

  private ObjectStore open(LostViews treated) {
    return ObjectStore.open(stores.path(), TestStores.SMALL.withLostViews(treated));
  }

  private static long lost(ObjectStore store) {
    return store.processes().stream().mapToLong(StoreProcess::lostViews).sum();
  }

  /** Has garbage collected until so many lost views were found. */
  private static void awaitLost(ObjectStore store, long count) {
    long start = System.nanoTime();
    while (lost(store) < count) {
      assertTrue(System.nanoTime() - start < PATIENCE_NANOS, () -> lost(store) + " of " + count);
      System.gc();
      Thread.onSpinWait();
    }
  }

  private static void lose(ObjectStore store, ObjectRef ref) {
    assertTrue(store.get(ref).isIntact());
  }

  @Test
  void theSpaceOfALostViewReturns() {
    try (ObjectStore store = open(LostViews.RELEASED)) {
      ObjectRef ref = store.put("n", TestStores.data(1, 300_000));
      lose(store, ref);
      store.delete(ref);
      assertEquals(1, store.stats().objects());
      awaitLost(store, 1);
      while (store.stats().objects() > 0) {
        Thread.onSpinWait();
      }
      assertEquals(0, store.stats().usedBytes());
      assertEquals(List.of(), store.verify().findings());
    }
  }

  @Test
  void whoHasAPartOfTheSegmentReadsOn() {
    try (ObjectStore store = open(LostViews.RELEASED)) {
      ObjectRef ref = store.put("n", TestStores.data(1, 300_000));
      ObjectRef other = store.put("other", TestStores.data(2, 100));
      MemorySegment part = store.get(ref).segment().asSlice(1000, 2000);
      InputStream stream = store.get(ref).inputStream();
      try {
        lose(store, other);
        awaitLost(store, 1);
        store.delete(ref);
        store.put("new", TestStores.data(3, 300_000));
        assertEquals(1, lost(store), "they can be reached");
        assertArrayEquals(
            Arrays.copyOfRange(TestStores.bytes(1, 300_000), 1000, 3000),
            part.toArray(ValueLayout.JAVA_BYTE));
      } finally {
        Reference.reachabilityFence(stream);
      }
    }
  }

  @Test
  void aClosedViewIsNotLostAndItsSegmentEnds() throws Exception {
    try (ObjectStore store = open(LostViews.RELEASED)) {
      ObjectRef ref = store.put(TestStores.data(1, 100));
      ObjectView view = store.get(ref);
      MemorySegment segment = view.segment();
      assertEquals(ref, view.ref());
      assertEquals(100, view.sizeBytes());
      assertTrue(segment.isReadOnly());
      assertTrue(view.isIntact());
      MemorySegment copy = MemorySegment.ofArray(new byte[100]);
      view.copyTo(copy);
      assertEquals(-1, copy.mismatch(segment));
      view.close();
      view.close();
      assertEquals(0, store.stats().pinned());
      assertThrows(IllegalStateException.class, view::segment);
      assertThrows(IllegalStateException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 0));
      lose(store, ref);
      awaitLost(store, 1);
      assertEquals(1, lost(store));
    }
  }

  @Test
  void theWarningSaysWhereItWasOpenedOnlyIfThatIsTraced() {
    try (ObjectStore store = open(LostViews.TRACED)) {
      lose(store, store.put(TestStores.data(1, 100)));
      awaitLogged(store, 1);
    }
    LogRecord traced = log.records.remove();
    assertTrue(traced.getMessage().contains("100 bytes"), traced.getMessage());
    assertNotNull(traced.getThrown());
    assertTrue(
        Arrays.stream(traced.getThrown().getStackTrace())
            .anyMatch(frame -> frame.getMethodName().equals("lose")));
    try (ObjectStore store = open(LostViews.RELEASED)) {
      lose(store, store.put(TestStores.data(1, 100)));
      awaitLogged(store, 1);
    }
    LogRecord released = log.records.remove();
    assertNull(released.getThrown());
    assertTrue(released.getMessage().contains("lostViews = TRACED"), released.getMessage());
  }

  private void awaitLogged(ObjectStore store, int count) {
    awaitLost(store, count);
    while (log.records.size() < count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void ofManyFewAreLogged() {
    try (ObjectStore store = open(LostViews.RELEASED)) {
      ObjectRef ref = store.put(TestStores.data(1, 100));
      for (int i = 0; i < 9; i++) {
        lose(store, ref);
      }
      awaitLost(store, 9);
      awaitLogged(store, 4);
      assertEquals(4, log.records.size(), "the first, second, fourth and eighth");
    }
  }

  @Test
  void whereTheyAreIgnoredNothingIsLogged() {
    try (ObjectStore store = open(LostViews.IGNORED)) {
      ObjectRef ref = store.put(TestStores.data(1, 100));
      ObjectView view = store.get(ref);
      assertFalse(view instanceof TrackedView);
      view.close();
    }
    assertEquals(0, log.records.size());
  }

  @ParameterizedTest
  @EnumSource
  void viewsOfAllKindsGoOnAfterTheStoreWasClosed(LostViews treated) {
    ObjectView view;
    try (ObjectStore store = open(treated)) {
      view = store.get(store.put(TestStores.data(1, 100)));
    }
    assertArrayEquals(TestStores.bytes(1, 100), view.segment().toArray(ValueLayout.JAVA_BYTE));
    view.close();
  }
}
