package hak.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.access.TestStores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects from and to buffers, streams, channels and files. */
class StreamsTest {
  private final TestStores stores = new TestStores();
  @TempDir private Path folder;
  private ObjectStore store;

  @BeforeEach
  void open() {
    store = ObjectStore.open(stores.path(), TestStores.SMALL.withCapacityBytes(8 << 20));
  }

  @AfterEach
  void close() throws Exception {
    assertEquals(List.of(), store.verify().findings());
    store.close();
    stores.close();
  }

  private void assertHolds(ObjectRef ref, byte[] bytes) {
    assertArrayEquals(bytes, TestStores.read(store, ref));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 300, 65_537, 262_144, 1_500_000})
  void whatGoesInComesOut(int length) throws Exception {
    byte[] bytes = TestStores.bytes(length, length);
    Path file = Files.write(folder.resolve("in"), bytes);
    assertHolds(store.putFile(file), bytes);
    assertHolds(store.put(new ByteArrayInputStream(bytes), length), bytes);
    assertHolds(store.put(ByteBuffer.wrap(bytes)), bytes);
    store.putFile("n", file);
    try (ObjectView view = store.get("n")) {
      assertEquals(ByteBuffer.wrap(bytes), view.buffer());
      assertTrue(view.buffer().isReadOnly());
      assertArrayEquals(bytes, view.inputStream().readAllBytes());
      view.writeTo(folder.resolve("out"));
      assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("out")));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      view.writeTo(Channels.newChannel(out));
      assertArrayEquals(bytes, out.toByteArray());
    }
  }

  @Test
  void aBufferGivesWhatIsBetweenPositionAndLimit() {
    byte[] bytes = TestStores.bytes(1, 100);
    ByteBuffer direct = ByteBuffer.allocateDirect(100).put(bytes).position(10).limit(40);
    ObjectRef ref = store.put("n", direct.asReadOnlyBuffer());
    assertHolds(ref, Arrays.copyOfRange(bytes, 10, 40));
    assertEquals(10, direct.position());
    try (WritableObject object = store.create(60)) {
      object.append(direct);
      assertEquals(40, direct.position());
      object.append(ByteBuffer.wrap(bytes, 40, 30));
      assertHolds(object.seal(), Arrays.copyOfRange(bytes, 10, 70));
    }
  }

  @Test
  void aFileIsOverwrittenAndNothingOfItIsLeft() throws Exception {
    Path file = Files.write(folder.resolve("out"), new byte[1000]);
    try (ObjectView view = store.get(store.put(TestStores.data(1, 10)))) {
      view.writeTo(file);
    }
    assertArrayEquals(TestStores.bytes(1, 10), Files.readAllBytes(file));
  }

  @Test
  void aStreamIsReadAsFarAsItIsAskedFor() throws Exception {
    InputStream in = new ByteArrayInputStream(TestStores.bytes(1, 100));
    assertHolds(store.put("n", in, 60), Arrays.copyOf(TestStores.bytes(1, 100), 60));
    assertEquals(40, in.available());
    assertThrows(EOFException.class, () -> store.put("short", in, 41));
    assertFalse(store.contains("short"));
    store.put("short", new ByteArrayInputStream(new byte[41]), 41);
    InputStream unread = new ByteArrayInputStream(new byte[10]);
    assertThrows(DuplicateNameException.class, () -> store.put("n", unread, 10));
    assertEquals(10, unread.available());
  }

  @Test
  void aStreamThatFailsLeavesNothing() {
    InputStream broken =
        new InputStream() {
          private int left = 300_000;

          @Override
          public int read() throws IOException {
            if (left-- == 0) {
              throw new IOException("gone");
            }
            return 1;
          }

          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            to[offset] = (byte) read();
            return 1;
          }
        };
    assertThrows(IOException.class, () -> store.put("n", broken, 400_000));
    assertEquals(0, store.stats().objects());
  }

  @Test
  void whatHasNoLengthIsNoFile() {
    assertThrows(NoSuchFileException.class, () -> store.putFile(folder.resolve("none")));
    assertThrows(IOException.class, () -> store.putFile(folder));
    assertThrows(IOException.class, () -> store.putFile(Path.of("/dev/zero")));
    // It says that it is empty.
    assertThrows(IOException.class, () -> store.putFile("n", Path.of("/proc/self/status")));
    assertEquals(0, store.stats().objects());
  }

  @Test
  void aFullStoreIsSaidBeforeAnythingIsRead() throws Exception {
    InputStream in = new ByteArrayInputStream(new byte[10]);
    assertThrows(StoreFullException.class, () -> store.put(in, 9 << 20));
    assertEquals(10, in.available());
  }

  @Test
  void anObjectIsWrittenAsAStream() throws Exception {
    byte[] bytes = TestStores.bytes(1, 1000);
    try (WritableObject object = store.create(1000)) {
      try (OutputStream out = object.outputStream()) {
        out.write(bytes[0]);
        out.write(bytes, 1, 998);
        assertThrows(IOException.class, () -> out.write(bytes, 0, 2));
        out.write(bytes[999]);
      }
      ObjectRef ref = object.seal();
      assertHolds(ref, bytes);
      assertThrows(IllegalStateException.class, () -> object.outputStream().write(1));
    }
  }

  @Test
  void aStreamOfAViewHasAMarkAndEndsWithTheView() throws Exception {
    ObjectRef ref = store.put(TestStores.data(1, 100));
    byte[] bytes = TestStores.bytes(1, 100);
    InputStream in;
    try (ObjectView view = store.get(ref)) {
      in = view.inputStream();
      assertEquals(bytes[0] & 0xFF, in.read());
      in.mark(1000);
      assertEquals(49, in.skip(49));
      assertEquals(50, in.available());
      assertEquals(0, in.skip(-5));
      byte[] rest = new byte[80];
      assertEquals(50, in.read(rest, 10, 70));
      assertEquals(-1, in.read());
      assertEquals(-1, in.read(rest));
      assertEquals(0, in.read(rest, 0, 0));
      in.reset();
      assertEquals(bytes[1] & 0xFF, in.read());
    }
    assertThrows(IllegalStateException.class, in::read);
    assertThrows(IllegalStateException.class, () -> in.read(new byte[5]));
  }

  @Test
  void whoOnlyReadsGetsStreamsAndPutsNothing() throws Exception {
    store.put("n", TestStores.data(1, 100));
    try (ObjectStore reader = ObjectStore.openReadOnly(store.path());
        ObjectView view = reader.get("n")) {
      assertArrayEquals(TestStores.bytes(1, 100), view.inputStream().readAllBytes());
      InputStream in = new ByteArrayInputStream(new byte[10]);
      assertThrows(StoreAccessException.class, () -> reader.put(in, 10));
      assertEquals(10, in.available());
    }
  }
}
