package hak.store.access;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.NoSuchObjectException;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreAccessException;
import hak.store.StoreCorruptException;
import hak.store.StoreTimeoutException;
import hak.store.WritableObject;
import hak.store.file.CrashPoint;
import hak.store.file.StoreFile;
import hak.store.file.StoreHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A reader that writes nothing sees what the writers did. */
class ReadOnlyStoreTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final TestStores stores = new TestStores();
  private ObjectStore writer;
  private ObjectStore reader;

  @BeforeEach
  void open() {
    writer = ObjectStore.open(stores.path(), TestStores.SMALL);
    reader = ObjectStore.openReadOnly(writer.path());
  }

  @AfterEach
  void close() throws Exception {
    reader.close();
    writer.close();
    stores.close();
  }

  @Test
  void whatIsSealedIsCopied() {
    ObjectRef ref = writer.put("n", TestStores.data(1, 5000));
    ObjectRef empty = writer.put(TestStores.data(1, 0));
    assertTrue(reader.contains(ref));
    assertTrue(reader.contains("n"));
    assertEquals(ref, reader.find("n"));
    assertEquals(0, TestStores.read(reader, empty).length);
    ObjectView view = reader.get("n");
    writer.delete(ref);
    writer.put(TestStores.data(2, 5000));
    assertArrayEquals(TestStores.bytes(1, 5000), view.segment().toArray(ValueLayout.JAVA_BYTE));
    assertTrue(view.segment().isReadOnly());
    assertTrue(view.isIntact());
    MemorySegment segment = view.segment();
    view.close();
    view.close();
    assertThrows(IllegalStateException.class, view::segment);
    assertThrows(IllegalStateException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 0));
    assertThrows(NoSuchObjectException.class, () -> reader.get(ref));
    assertThrows(NoSuchObjectException.class, () -> reader.get("n"));
    assertThrows(NoSuchObjectException.class, () -> reader.get(new ObjectRef(77)));
  }

  @Test
  void nothingIsWritten() throws Exception {
    writer.put("n", TestStores.data(1, 5000));
    writer.close();
    byte[] before = Files.readAllBytes(reader.path());
    reader.get("n").close();
    reader.list();
    reader.stats();
    assertEquals(List.of(), reader.verify().findings());
    assertThrows(StoreTimeoutException.class, () -> reader.get("never", Duration.ofMillis(20)));
    assertArrayEquals(before, Files.readAllBytes(reader.path()));
    assertEquals(1, reader.stats().objects());
    assertEquals(0, reader.stats().processes());
    assertEquals("n", reader.list().getFirst().name());
  }

  @Test
  void whatWouldWriteIsRefused() {
    ObjectRef ref = writer.put("n", TestStores.data(1, 10));
    MemorySegment data = TestStores.data(1, 1);
    for (Executable call :
        new Executable[] {
          () -> reader.put(data),
          () -> reader.put("m", data),
          () -> reader.replace("n", data),
          () -> reader.create(1),
          () -> reader.create("m", 1),
          () -> reader.delete(ref),
          () -> reader.delete("n"),
          () -> reader.retain(ref),
          () -> reader.release(ref),
          reader::trim
        }) {
      String message = assertThrows(StoreAccessException.class, call).getMessage();
      assertTrue(message.contains("to be read alone"), message);
    }
    assertTrue(writer.contains("n"));
  }

  @Test
  void aStoreThatWasNeverOpenedIsReadAndGrows() throws Exception {
    Path path = stores.path();
    StoreFile.create(path, TestStores.SMALL, CrashPoint.NONE);
    try (ObjectStore early = ObjectStore.openReadOnly(path)) {
      assertFalse(early.contains("n"));
      assertEquals(List.of(), early.list());
      try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
        store.put("n", TestStores.data(1, 200_000));
        assertArrayEquals(TestStores.bytes(1, 200_000), TestStores.read(early, early.find("n")));
      }
    }
  }

  @Test
  void waitsUntilAnObjectIsSealed() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        WritableObject object = writer.create("n", 8)) {
      Future<Long> byName = threads.submit(() -> number(reader.get("n", LONG)));
      Future<Long> byRef = threads.submit(() -> number(reader.get(object.ref(), LONG)));
      object.segment().set(ValueLayout.JAVA_LONG, 0, 42);
      object.seal();
      assertEquals(42, byName.get());
      assertEquals(42, byRef.get());
    }
    ObjectRef gone = writer.find("n");
    writer.delete(gone);
    assertThrows(NoSuchObjectException.class, () -> reader.get(gone, LONG));
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> reader.get("n", LONG));
  }

  private static long number(ObjectView view) {
    try (view) {
      return view.segment().get(ValueLayout.JAVA_LONG, 0);
    }
  }

  @Test
  void whileItIsReplacedItIsAlwaysThereAndWhole() throws Exception {
    writer.put("n", TestStores.data(0, 3000));
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Integer> reads =
          threads.submit(() -> {
            int count = 0;
            while (!done.get()) {
              reader.get("n").close();
              count++;
            }
            return count;
          });
      try {
        for (int i = 0; i < 3000; i++) {
          writer.replace("n", TestStores.data(i, 3000 + i));
        }
      } finally {
        done.set(true);
      }
      assertTrue(reads.get() > 0);
    }
  }

  @Test
  void damagedDataIsNotHandedOut() throws Exception {
    ObjectRef ref = writer.put("n", TestStores.data(1, 5000));
    write(StoreHeader.of(TestStores.SMALL, 0).dataOffset() + 100, 55);
    assertThrows(StoreCorruptException.class, () -> reader.get(ref));
    assertThrows(StoreCorruptException.class, () -> reader.get("n"));
  }

  private void write(long offset, int value) throws IOException {
    try (FileChannel channel = FileChannel.open(writer.path(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) value}), offset);
    }
  }

  @Test
  void aFileThatIsTruncatedIsAnExceptionAndNoCrash() throws Exception {
    ObjectRef ref = writer.put("n", TestStores.data(1, 50_000));
    try (FileChannel channel = FileChannel.open(writer.path(), StandardOpenOption.WRITE)) {
      channel.truncate(StoreHeader.of(TestStores.SMALL, 0).dataOffset());
    }
    assertThrows(StoreCorruptException.class, () -> reader.get(ref));
  }

  @Test
  void aFileThatWasReplacedIsNoticed() throws Exception {
    Files.delete(reader.path());
    ObjectStore.open(reader.path(), TestStores.SMALL).close();
    assertThrows(StoreAccessException.class, () -> reader.get("n"));
    assertThrows(StoreAccessException.class, () -> reader.get("n", LONG));
  }

  @Test
  void aClosedReaderRefuses() {
    ObjectRef ref = writer.put("n", TestStores.data(1, 10));
    ObjectView view = reader.get(ref);
    reader.close();
    reader.close();
    assertThrows(IllegalStateException.class, () -> reader.get(ref));
    assertThrows(IllegalStateException.class, reader::list);
    assertEquals(10, view.segment().byteSize());
    view.close();
  }
}
