package hak.store.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.DuplicateNameException;
import hak.store.NoSuchObjectException;
import hak.store.ObjectInfo;
import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.ObjectView;
import hak.store.StoreCorruptException;
import hak.store.StoreFullException;
import hak.store.StoreTimeoutException;
import hak.store.VerifyReport;
import hak.store.WritableObject;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.infinispan.AdvancedCache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one node puts and the others see, while all three are well. */
class ClusterStoreTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static TestCluster cluster;
  private static ClusterStore one;
  private static ClusterStore two;
  private static ClusterStore three;

  @BeforeAll
  static void open() throws Exception {
    cluster = TestCluster.started(3);
    one = cluster.node(0);
    two = cluster.node(1);
    three = cluster.node(2);
  }

  @AfterAll
  static void close() throws Exception {
    cluster.close();
  }

  @AfterEach
  void nothingIsDamagedOrLeftBehind() throws Exception {
    VerifyReport report = two.verify();
    for (ObjectInfo each : one.list()) {
      one.delete(each.ref());
    }
    assertEquals(List.of(), report.findings());
    for (ClusterStore node : List.of(one, two, three)) {
      assertEquals(0, node.clusterStats().localChunks());
      assertEquals(new Quota.Usage(0, 0), node.quota().usage());
      TestCluster.await(() -> node.stats().objects() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        TestCluster.CHUNK - 1,
        TestCluster.CHUNK,
        TestCluster.CHUNK + 1,
        4 * TestCluster.CHUNK,
        5 << 20,
        20 << 20
      })
  void whatOnePutsTheOthersGet(int size) {
    ObjectRef ref = one.put(TestCluster.data(size, size));
    for (ClusterStore node : List.of(one, two, three)) {
      assertArrayEquals(TestCluster.bytes(size, size), TestCluster.read(node, ref));
      try (ObjectView view = node.get(ref)) {
        assertEquals(ref, view.ref());
        assertEquals(size, view.sizeBytes());
        assertTrue(view.segment().isReadOnly());
        assertTrue(view.isIntact());
      }
    }
  }

  @Test
  void namesAreThoseOfTheWholeCluster() {
    ObjectRef ref = one.put("n", TestCluster.data(1, 100));
    assertEquals(ref, two.find("n"));
    assertTrue(three.contains("n"));
    assertThrows(DuplicateNameException.class, () -> two.put("n", TestCluster.data(2, 1)));
    assertThrows(DuplicateNameException.class, () -> three.create("n", 1));
    two.delete("n");
    assertThrows(NoSuchObjectException.class, () -> one.find("n"));
    three.put("n", TestCluster.data(3, 100));
    try (ObjectView view = one.get("n")) {
      assertArrayEquals(TestCluster.bytes(3, 100), view.segment().toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Test
  void deletedElsewhereAViewStaysValid() {
    ObjectRef ref = one.put(TestCluster.data(1, 300_000));
    try (ObjectView view = two.get(ref)) {
      three.delete(ref);
      for (ClusterStore node : List.of(one, two, three)) {
        assertFalse(node.contains(ref));
        assertThrows(NoSuchObjectException.class, () -> node.get(ref));
        assertThrows(NoSuchObjectException.class, () -> node.delete(ref));
      }
      assertArrayEquals(
          TestCluster.bytes(1, 300_000), view.segment().toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Test
  void anObjectIsInvisibleUntilItIsSealed() {
    try (WritableObject object = one.create("n", 100_000)) {
      for (ClusterStore node : List.of(one, two)) {
        assertFalse(node.contains("n"));
        assertFalse(node.contains(object.ref()));
        assertThrows(NoSuchObjectException.class, () -> node.get(object.ref()));
        assertThrows(NoSuchObjectException.class, () -> node.get("n"));
        assertThrows(NoSuchObjectException.class, () -> node.delete(object.ref()));
      }
      object.segment().fill((byte) 7);
      assertEquals(object.ref(), object.seal());
      assertThrows(IllegalStateException.class, object::segment);
      assertThrows(IllegalStateException.class, object::seal);
    }
    try (ObjectView view = two.get("n")) {
      assertEquals(7, view.segment().get(ValueLayout.JAVA_BYTE, 99_999));
      assertTrue(view.isIntact());
    }
  }

  @Test
  void anObjectMayBeAppendedPieceByPiece() {
    try (WritableObject object = one.create(170_000)) {
      object.append(TestCluster.data(1, 70_000));
      assertThrows(
          IllegalArgumentException.class, () -> object.append(TestCluster.data(3, 100_001)));
      object.append(TestCluster.data(3, 100_000));
      object.seal();
      try (ObjectView view = three.get(object.ref())) {
        assertArrayEquals(
            TestCluster.bytes(3, 100_000),
            view.segment().asSlice(70_000).toArray(ValueLayout.JAVA_BYTE));
      }
    }
  }

  @Test
  void anObjectThatIsClosedUnsealedVanishes() throws Exception {
    WritableObject object = one.create("n", 1000);
    closeTwice(object);
    assertThrows(NoSuchObjectException.class, () -> two.get(object.ref(), LONG));
    assertEquals(List.of(), three.list());
    assertThrows(IllegalStateException.class, object::seal);
    two.put("n", TestCluster.data(1, 5));
  }

  private static void closeTwice(AutoCloseable opened) throws Exception {
    try (opened;
        var _ = opened) {
      assertNotNull(opened);
    }
  }

  @Test
  void refsSurvivePrintingAndUnknownOnesAreRefused() {
    ObjectRef ref = one.put(TestCluster.data(1, 1));
    assertEquals(ref, ObjectRef.parse(ref.toString()));
    assertArrayEquals(
        TestCluster.bytes(1, 1), TestCluster.read(two, ObjectRef.parse(ref.toString())));
    for (long value : new long[] {1, Long.MAX_VALUE, ref.value() + 1000}) {
      ObjectRef unknown = new ObjectRef(value);
      assertThrows(NoSuchObjectException.class, () -> two.get(unknown));
      assertThrows(NoSuchObjectException.class, () -> two.get(unknown, LONG));
      assertThrows(NoSuchObjectException.class, () -> two.release(unknown));
    }
  }

  @Test
  void namesAndSizesAreChecked() {
    MemorySegment data = TestCluster.data(1, 1);
    for (String wrong : List.of("", "@1", "é".repeat(61))) {
      assertThrows(IllegalArgumentException.class, () -> one.put(wrong, data));
      assertThrows(IllegalArgumentException.class, () -> one.get(wrong));
    }
    assertThrows(IllegalArgumentException.class, () -> one.create(-1));
    one.put("é".repeat(60), data);
    assertTrue(two.contains("é".repeat(60)));
  }

  @Test
  void ofNodesThatTakeOneNameAtTheSameTimeOneSucceeds() throws Exception {
    for (int round = 0; round < 10; round++) {
      String name = "race" + round;
      AtomicInteger duplicates = new AtomicInteger();
      onAllNodes(node -> {
        try {
          node.put(name, TestCluster.data(1, 10));
        } catch (DuplicateNameException e) {
          duplicates.incrementAndGet();
        }
      });
      assertEquals(2, duplicates.get());
      assertTrue(one.contains(name));
    }
  }

  @Test
  void referencesAreCountedExactlyAndTheLastDeletes() throws Exception {
    ObjectRef ref = one.put("counted", TestCluster.data(1, 10));
    onAllNodes(node -> {
      for (int i = 0; i < 50; i++) {
        node.retain(ref);
      }
    });
    assertEquals(151, two.list().getFirst().references());
    onAllNodes(node -> {
      for (int i = 0; i < 50; i++) {
        node.release(ref);
      }
    });
    assertTrue(three.contains(ref));
    assertEquals(0, three.release(ref));
    assertFalse(one.contains(ref));
    assertFalse(two.contains("counted"));
  }

  private interface NodeAction {
    void run(ClusterStore node) throws Exception;
  }

  private static void onAllNodes(NodeAction action) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> done = new ArrayList<>();
      for (ClusterStore node : List.of(one, two, three)) {
        done.add(
            threads.submit(() -> {
              action.run(node);
              return null;
            }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
  }

  @Test
  void listsTheObjectsOfAllNodes() {
    ObjectRef a = one.put("a", TestCluster.data(1, 10));
    ObjectRef b = two.put(TestCluster.data(2, 20));
    try (WritableObject c = three.create("c", 30);
        ObjectView view = two.get(a)) {
      List<ObjectInfo> list = two.list();
      assertEquals(3, list.size());
      for (ObjectInfo info : list) {
        assertEquals(!info.ref().equals(c.ref()), info.sealed());
        assertEquals(info.ref().equals(a) ? 1 : 0, info.pins());
        assertEquals(info.ref().equals(a) ? "a" : info.ref().equals(b) ? "" : "c", info.name());
      }
      ClusterStats stats = two.clusterStats();
      assertEquals(2, stats.objects());
      assertEquals(30, stats.bytes());
      assertEquals(1, stats.pending());
      assertEquals(view.sizeBytes(), 10);
    }
  }

  @Test
  void aWaiterSleepsUntilAnotherNodeSeals() throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool();
        WritableObject object = one.create("later", 8)) {
      Future<Long> byRef = threads.submit(() -> firstLong(two.get(object.ref(), LONG)));
      Future<Long> byName = threads.submit(() -> firstLong(three.get("later", LONG)));
      Thread.sleep(50);
      assertFalse(byRef.isDone() || byName.isDone());
      object.segment().set(ValueLayout.JAVA_LONG_UNALIGNED, 0, 42);
      object.seal();
      assertEquals(42, byRef.get());
      assertEquals(42, byName.get());
    }
  }

  private static long firstLong(ObjectView opened) {
    try (ObjectView view = opened) {
      return view.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }
  }

  @Test
  void aWaitEndsWithItsTimeOrAnInterruptOrTheObject() throws Exception {
    Duration brief = Duration.ofMillis(20);
    assertThrows(StoreTimeoutException.class, () -> two.get("never", brief));
    try (ExecutorService threads = Executors.newCachedThreadPool();
        WritableObject object = one.create(1)) {
      assertThrows(StoreTimeoutException.class, () -> two.get(object.ref(), brief));
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> two.get(object.ref(), LONG));
      Future<?> waiter =
          threads.submit(
              () -> assertThrows(NoSuchObjectException.class, () -> two.get(object.ref(), LONG)));
      Thread.sleep(20);
      closeTwice(object);
      waiter.get();
    }
  }

  @Test
  void aNearCacheHitSendsNothingAndCopiesNothing() {
    ObjectRef ref = one.put("near", TestCluster.data(1, 300_000));
    TestCluster.read(two, ref);
    long sent = two.engine().messagesSent();
    long read = two.engine().chunks().getStats().getRetrievals();
    long hits = two.clusterStats().nearHits();
    try (ObjectView first = two.get(ref);
        ObjectView second = two.get("near")) {
      assertEquals(first.segment().address(), second.segment().address());
    }
    assertEquals(sent, two.engine().messagesSent());
    assertEquals(read, two.engine().chunks().getStats().getRetrievals());
    assertEquals(hits + 2, two.clusterStats().nearHits());
    TestCluster.read(three, ref);
    assertTrue(three.engine().messagesSent() > 0);
  }

  @Test
  void threadsThatMissAtTheSameTimeFetchOnce() throws Exception {
    ObjectRef ref = one.put(TestCluster.data(1, 5 << 20));
    long before = two.engine().chunks().getStats().getRetrievals();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<byte[]>> copies = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        copies.add(threads.submit(() -> TestCluster.read(two, ref)));
      }
      for (Future<byte[]> each : copies) {
        assertArrayEquals(TestCluster.bytes(1, 5 << 20), each.get());
      }
    }
    assertEquals(
        (5 << 20) / TestCluster.CHUNK, two.engine().chunks().getStats().getRetrievals() - before);
  }

  @Test
  void aDamagedOrMissingChunkIsReportedAndNotHandedOut() {
    ObjectRef damaged = one.put(TestCluster.data(1, 200_000));
    ObjectRef missing = one.put(TestCluster.data(2, 200_000));
    AdvancedCache<byte[], byte[]> chunks = one.engine().chunks();
    byte[] key = Chunks.key(damaged.value(), 2);
    byte[] bytes = chunks.get(key);
    bytes[1000] ^= 1;
    chunks.put(key, bytes);
    chunks.remove(Chunks.key(missing.value(), 1));

    String first = assertThrows(StoreCorruptException.class, () -> two.get(damaged)).getMessage();
    assertEquals("chunk 2 of 4 of " + damaged + " is damaged: its checksum differs", first);
    String second = assertThrows(StoreCorruptException.class, () -> two.get(missing)).getMessage();
    assertEquals("chunk 1 of 4 of " + missing + " is missing", second);
    VerifyReport report = three.verify();
    assertEquals(VerifyReport.Outcome.DATA_LOST, report.outcome());
    assertEquals(Set.of(first, second), Set.copyOf(report.findings()));
    assertEquals(0, two.stats().objects());
    one.delete(damaged);
    one.delete(missing);
  }

  @Test
  void whatIsSaidOfAnObjectGoesWithIt() {
    ObjectMetadata said = ObjectMetadata.of(-7, "größe=3");
    ObjectMetadata longest = ObjectMetadata.of(1, TestCluster.bytes(1, ObjectMetadata.MAX_BYTES));
    ObjectRef named = one.put("große", TestCluster.data(1, 200_000), said);
    ObjectRef nameless = two.put(TestCluster.data(2, 10), longest);
    ObjectRef typed;
    try (WritableObject object = three.create("typed", 0, ObjectMetadata.of(3))) {
      typed = object.seal();
    }
    ObjectRef plain = one.put("plain", TestCluster.data(3, 10), ObjectMetadata.NONE);
    one.retain(named);
    for (ClusterStore node : List.of(one, two, three)) {
      assertEquals(said, metadata(node, named));
      assertEquals(named, node.find("große"));
      assertEquals(longest, metadata(node, nameless));
      assertEquals(3, metadata(node, typed).type());
      assertSame(ObjectMetadata.NONE, metadata(node, plain));
    }
  }

  private static ObjectMetadata metadata(ClusterStore node, ObjectRef ref) {
    try (ObjectView view = node.get(ref)) {
      assertEquals(
          view.metadata(),
          node.list().stream()
              .filter(info -> info.ref().equals(ref))
              .findFirst()
              .orElseThrow()
              .metadata());
      return view.metadata();
    }
  }

  @Test
  void theChecksumCoversWhatIsSaid() {
    ObjectRef ref = one.put("n", TestCluster.data(1, 100), ObjectMetadata.of(1, "a"));
    AdvancedCache<byte[], byte[]> directory = one.engine().directory();
    byte[] key = Directory.objectKey(ref.value());
    byte[] bytes = directory.get(key);
    bytes[bytes.length - 2] ^= 1; // the last of the metadata, before the name
    directory.put(key, bytes);
    assertThrows(StoreCorruptException.class, () -> two.get(ref));
    VerifyReport report = three.verify();
    assertEquals(VerifyReport.Outcome.DATA_LOST, report.outcome());
    assertEquals(1, report.findings().size());
    one.delete(ref);
  }

  @Test
  void aFullNearCacheEvictsAndFetchesAgain() {
    List<ObjectRef> refs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      refs.add(one.put(TestCluster.data(i, 10 << 20)));
    }
    for (int i = 0; i < 10; i++) {
      assertArrayEquals(TestCluster.bytes(i, 10 << 20), TestCluster.read(two, refs.get(i)));
    }
    assertTrue(one.stats().evictions() > 0);
    assertTrue(two.stats().evictions() > 0);
  }

  @Test
  void whatIsBeingWrittenOrReadIsNotEvicted() {
    try (WritableObject written = one.create(30 << 20)) {
      written.append(TestCluster.data(1, 30 << 20));
      ObjectRef read = one.put(TestCluster.data(2, 30 << 20));
      try (ObjectView view = one.get(read)) {
        assertThrows(StoreFullException.class, () -> one.put("n", TestCluster.data(3, 10 << 20)));
        ObjectRef elsewhere = two.put("n", TestCluster.data(3, 10 << 20));
        assertThrows(StoreFullException.class, () -> one.get(elsewhere));
        assertTrue(view.isIntact());
      }
      written.seal();
      assertArrayEquals(TestCluster.bytes(1, 30 << 20), TestCluster.read(three, written.ref()));
    }
  }
}
