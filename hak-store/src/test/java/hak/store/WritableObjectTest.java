package hak.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.access.TestStores;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The segment of an object that is being written: until it is sealed, and no longer. */
class WritableObjectTest {
  /** From this size on the caller writes in the file itself. */
  private static final int LOAN = 64 << 10;

  private final TestStores stores = new TestStores();
  private ObjectStore store;

  @BeforeEach
  void open() {
    store = ObjectStore.open(stores.path(), TestStores.SMALL);
  }

  @AfterEach
  void clean() throws Exception {
    store.close();
    stores.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 300_000})
  void whatIsSealedCannotBeWritten(int size) {
    try (WritableObject object = store.create("x", size)) {
      MemorySegment segment = object.segment();
      assertSame(segment, object.segment());
      segment.copyFrom(TestStores.data(1, size));
      MemorySegment part = segment.asSlice(0, 1);
      ObjectRef ref = object.seal();
      writeAfterTheEnd(segment);
      writeAfterTheEnd(part);
      assertArrayEquals(TestStores.bytes(1, size), TestStores.read(store, ref));
    }
  }

  /** Large ones are refused, small ones are memory of their own. */
  private static void writeAfterTheEnd(MemorySegment segment) {
    try {
      segment.fill((byte) 0x55);
      assertTrue(segment.byteSize() < LOAN, "this one was lent");
    } catch (IllegalStateException e) {
      assertEquals("Already closed", e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, LOAN})
  void whatIsGivenUpCannotBeWrittenEither(int size) {
    MemorySegment segment;
    try (WritableObject object = store.create(size)) {
      segment = object.segment();
    }
    ObjectRef next = store.put(TestStores.data(2, size));
    writeAfterTheEnd(segment);
    assertArrayEquals(TestStores.bytes(2, size), TestStores.read(store, next));
  }

  @Test
  void theSpaceItselfIsRefusedAfterwards() {
    try (WritableObject object = store.create(LOAN)) {
      MemorySegment segment = object.segment();
      object.seal();
      assertThrows(IllegalStateException.class, () -> segment.fill((byte) 0));
    }
  }

  /** A thread that does not stop writing is stopped before the checksum is taken. */
  @ParameterizedTest
  @ValueSource(ints = {4096, LOAN})
  void sealingEndsTheWritesOfOtherThreads(int size) throws Exception {
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      for (int round = 0; round < 50; round++) {
        WritableObject object = store.create(size);
        MemorySegment segment = object.segment();
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch writing = new CountDownLatch(1);
        Future<Integer> writer =
            threads.submit(() -> {
              int writes = 0;
              try {
                while (!stop.get()) {
                  segment.set(ValueLayout.JAVA_INT, 4L * (writes & 1023), writes);
                  writes++;
                  writing.countDown();
                }
                return writes;
              } catch (IllegalStateException e) {
                return writes;
              }
            });
        writing.await();
        ObjectRef ref = object.seal();
        try (ObjectView view = store.get(ref)) {
          assertTrue(view.isIntact());
          stop.set(true);
          assertTrue(writer.get() > 0);
          assertTrue(view.isIntact());
        }
        store.delete(ref);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 3 * LOAN})
  void appendingGoesOnBesideTheSegment(int size) {
    int third = size / 3;
    try (WritableObject object = store.create(size)) {
      object.append(TestStores.data(3, third));
      MemorySegment segment = object.segment();
      assertEquals(-1, segment.asSlice(0, third).mismatch(TestStores.data(3, third)));
      segment.asSlice(2L * third).copyFrom(TestStores.data(4, third));
      object.append(TestStores.data(5, third));
      MemorySegment read = MemorySegment.ofArray(TestStores.read(store, object.seal()));
      for (int part = 0; part < 3; part++) {
        MemorySegment expected = TestStores.data(new int[] {3, 5, 4}[part], third);
        assertEquals(-1, read.asSlice((long) part * third, third).mismatch(expected));
      }
    }
  }

  @Test
  void theStoreMayBeClosedBeforeTheObject() {
    WritableObject object = store.create(LOAN);
    MemorySegment segment = object.segment();
    store.close();
    segment.fill((byte) 7);
    object.seal();
    assertThrows(IllegalStateException.class, () -> segment.fill((byte) 8));
  }
}
