package hak.store.access;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreCorruptException;
import hak.store.StoreOptions;
import hak.store.WritableObject;
import hak.store.file.StoreHeader;
import hak.store.slots.SlotRef;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that become shorter under their mappings: the store's, and that which data comes from. */
class TruncationTest {
  private static final int PAGE = 4096;

  private final TestStores stores = new TestStores();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  private static void truncate(Path file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5000, 3_000_000})
  void aCopyHasTheBytesThatWereSealed(int size) {
    StoreOptions large = TestStores.SMALL.withCapacityBytes(4 << 20);
    try (ObjectStore store = ObjectStore.open(stores.path(), large)) {
      ObjectRef ref = store.put("x", TestStores.data(1, size));
      MemorySegment target = MemorySegment.ofArray(new byte[size + 1]);
      try (ObjectView view = store.get("x")) {
        view.copyTo(target);
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> view.copyTo(MemorySegment.ofArray(new byte[0]).asSlice(0, size == 0 ? 1 : 0)));
      }
      byte[] copy = target.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
      assertArrayEquals(TestStores.bytes(1, size), copy);
      assertEquals(0, target.get(ValueLayout.JAVA_BYTE, size), "nothing is written behind it");
      store.delete(ref);
    }
  }

  @Test
  void aCopyOfDamagedDataIsRefused() throws Exception {
    Path path = stores.path();
    try (ObjectStore store = ObjectStore.open(path, TestStores.SMALL)) {
      ObjectRef ref = store.put(TestStores.data(1, 5000));
      long at = TestStores.tables(store).slots().offset(SlotRef.slot(ref));
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        long data = StoreHeader.of(TestStores.SMALL, 0).dataOffset() + at;
        channel.write(ByteBuffer.wrap(new byte[1]), data + 4000);
      }
      try (ObjectView view = store.get(ref)) {
        MemorySegment target = MemorySegment.ofArray(new byte[5000]);
        assertThrows(StoreCorruptException.class, () -> view.copyTo(target));
      }
    }
  }

  @Test
  void aCopyFromATruncatedStoreIsAnExceptionOfTheStores() throws Exception {
    Path path = stores.path();
    StoreOptions large = TestStores.SMALL.withCapacityBytes(4 << 20);
    ObjectStore store = ObjectStore.open(path, large);
    for (int size : new int[] {50_000, 2_000_000}) {
      ObjectView view = store.get(store.put(TestStores.data(1, size)));
      truncate(path, StoreHeader.of(large, 0).dataOffset() + PAGE);
      MemorySegment target = MemorySegment.ofArray(new byte[size]);
      String message =
          assertThrows(StoreCorruptException.class, () -> view.copyTo(target)).getMessage();
      assertTrue(message.contains("was truncated while it was in use"), message);
      truncateBack(path, large);
      view.close();
    }
    store.close();
  }

  /** Makes the file as long as it was; what was cut off is zeros. */
  private static void truncateBack(Path path, StoreOptions options) throws IOException {
    StoreHeader header = StoreHeader.of(options, 0);
    try (FileChannel channel =
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Arena arena = Arena.ofConfined()) {
      channel.map(MapMode.READ_WRITE, 0, header.dataOffset() + header.capacityBytes(), arena);
    }
  }

  /** Up to 1 MiB one thread copies, from there on several may. */
  @ParameterizedTest
  @ValueSource(ints = {4 * PAGE, 2 << 20})
  void dataWhoseOwnFileWasTruncatedIsNotTheStoresFault(int size) throws Exception {
    Path source = stores.path();
    Files.write(source, TestStores.bytes(1, size));
    StoreOptions large = TestStores.SMALL.withCapacityBytes(8 << 20);
    try (ObjectStore store = ObjectStore.open(stores.path(), large);
        FileChannel channel = FileChannel.open(source);
        Arena arena = Arena.ofShared()) {
      MemorySegment data = channel.map(MapMode.READ_ONLY, 0, size, arena);
      ObjectRef whole = store.put("whole", data);
      truncate(source, PAGE);
      String message =
          assertThrows(IllegalArgumentException.class, () -> store.put("x", data)).getMessage();
      assertTrue(message.contains("the data cannot be read"), message);
      try (WritableObject object = store.create("y", size)) {
        assertThrows(IllegalArgumentException.class, () -> object.append(data));
      }
      assertEquals(1, store.list().size());
      assertArrayEquals(TestStores.bytes(1, size), TestStores.read(store, whole));
      store.put("x", TestStores.data(2, size));
    }
  }
}
