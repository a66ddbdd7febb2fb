package hak.store.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectInfo;
import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreOptions;
import hak.store.StoreVerifier;
import hak.store.VerifyReport;
import hak.store.WritableObject;
import hak.store.access.TestStores;
import hak.store.slots.SlotRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A reader in another language, written from docs/STORE_LAYOUT.md, understands what this one
 * writes.
 */
class PythonReaderTest {
  private static final String READER = "python/hak_store_reader.py";
  private static final int LARGE = 300_000;

  private final TestStores stores = new TestStores();
  private Path path;
  private ObjectStore store;
  private ObjectRef large;
  private ObjectRef empty;
  private ObjectRef reused;
  private ObjectRef deleted;

  @BeforeEach
  void fill() {
    path = stores.path();
    store = ObjectStore.open(path, TestStores.SMALL);
    deleted = store.put("gone", TestStores.data(1, 5000));
    empty = store.put("größe 模型", TestStores.data(2, 0));
    large = store.put(TestStores.data(3, LARGE));
    store.delete(deleted);
    for (int i = 0; i < 3; i++) {
      store.delete(store.put(TestStores.data(4, 100)));
    }
    reused = store.put("reused", TestStores.data(5, 77));
  }

  @AfterEach
  void clean() throws Exception {
    store.close();
    stores.close();
  }

  private record Result(int exitCode, ByteArrayOutputStream out, String err) {
    String text() {
      return out.toString(StandardCharsets.UTF_8);
    }
  }

  private static Result python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PYTHONUTF8", "1");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return Assumptions.abort("python3 is not installed: " + e.getMessage());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    process.getInputStream().transferTo(out);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Result(process.exitValue(), out, err);
  }

  private Result read(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(READER, path.toString()));
    all.addAll(List.of(arguments));
    return python(all.toArray(String[]::new));
  }

  private byte[] get(String object) throws IOException, InterruptedException {
    Result result = read("get", object);
    assertEquals("", result.err());
    assertEquals(0, result.exitCode());
    return result.out().toByteArray();
  }

  private void checkFails(String message, String... arguments) throws Exception {
    Result result = read(arguments);
    assertEquals(1, result.exitCode());
    assertEquals("", result.text());
    assertEquals("hak_store_reader: " + message + "\n", result.err());
  }

  private void flip(long at) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      byte[] one = StoreFile.read(channel, at, 1);
      one[0] ^= 0x10;
      channel.write(ByteBuffer.wrap(one), at);
    }
  }

  @Test
  void listsTheSealedObjectsOfAStoreInUse() throws Exception {
    try (WritableObject writing = store.create("writing", 50)) {
      List<String> expected = new ArrayList<>();
      for (ObjectInfo info : store.list()) {
        if (info.sealed()) {
          expected.add(info.ref() + "\t" + info.sizeBytes() + "\t" + info.name());
        }
      }
      assertEquals(3, expected.size());
      Result result = read("ls");
      assertEquals("", result.err());
      assertEquals(expected, result.text().lines().toList());
      checkFails("there is no sealed object writing", "get", "writing");
      checkFails("there is no sealed object " + writing.ref(), "get", writing.ref().toString());
    }
  }

  @Test
  void readsTheSameBytesByRefAndByName() throws Exception {
    assertArrayEquals(TestStores.bytes(3, LARGE), get(large.toString()));
    assertArrayEquals(TestStores.bytes(5, 77), get("reused"));
    assertArrayEquals(TestStores.bytes(5, 77), get(reused.toString()));
    assertArrayEquals(new byte[0], get("größe 模型"));
    assertArrayEquals(new byte[0], get(empty.toString()));
    checkFails("there is no sealed object gone", "get", "gone");
    checkFails("there is no sealed object " + deleted, "get", deleted.toString());
  }

  @Test
  void findsTheSlotsWhateverTheLimits() throws Exception {
    for (int objects : new int[] {1, 9, 1000}) {
      path = stores.path();
      StoreOptions options =
          TestStores.SMALL.withObjectLimit(objects).withProcessLimit(objects % 7);
      try (ObjectStore other = ObjectStore.open(path, options)) {
        other.put("x", TestStores.data(objects, 100));
        assertArrayEquals(TestStores.bytes(objects, 100), get("x"));
      }
    }
  }

  @Test
  void readsWhatWasSaidOfAnObject() throws Exception {
    store.put("said", TestStores.data(1, 10), ObjectMetadata.of(-3, "größe=3"));
    store.put(TestStores.data(1, 10), ObjectMetadata.of(4));
    Result result =
        python(
            "-c",
            """
            import sys
            sys.path.insert(0, "python")
            from hak_store_reader import Store
            with Store(sys.argv[1]) as store:
                said = store.find("said")
                assert len(store.read("said")) == 10
                print(said.type, said.metadata.decode(), store.find("reused").type)
                print(list(store.verify()))
            """,
            path.toString());
    assertEquals("", result.err());
    assertEquals("-3 größe=3 0\n[]\n", result.text());
  }

  /** Names that share a bucket too, for there are as many as buckets and more. */
  @Test
  void findsEachOfManyNamesByItsHash() throws Exception {
    for (int i = 0; i < 50; i++) {
      store.put("name " + i, TestStores.data(i, i));
    }
    Result result =
        python(
            "-c",
            """
            import sys
            sys.path.insert(0, "python")
            import hak_store_reader
            hak_store_reader.Store.list = None  # it is not to look at all slots
            with hak_store_reader.Store(sys.argv[1]) as store:
                for i in range(50):
                    entry = store.find(f"name {i}")
                    assert entry.size == i and store.find(entry.ref) == entry
                try:
                    store.find("name 50")
                except hak_store_reader.StoreError as error:
                    print(error)
            """,
            path.toString());
    assertEquals("", result.err());
    assertEquals("there is no sealed object name 50\n", result.text());
  }

  @Test
  void aViewIsTheStoreItselfAndSaysWhenTheObjectIsGone() throws Exception {
    int size = 64_000_000;
    path = stores.path();
    StoreOptions options = StoreOptions.DEFAULT.withCapacityBytes(1L << 27);
    try (ObjectStore other = ObjectStore.open(path, options)) {
      other.put("weights", MemorySegment.ofArray(new byte[size]).fill((byte) 7));
      Result result =
          python(
              "-c",
              """
              import sys, time
              sys.path.insert(0, "python")
              from hak_store_reader import Store
              with Store(sys.argv[1]) as store:
                  times = []
                  for _ in range(5):
                      begun = time.monotonic()
                      data = store.read("weights", check=False)
                      times.append(time.monotonic() - begun)
                  assert len(data) == 64_000_000 and data[5] == 7
                  begun = time.monotonic()
                  entry = store.find("weights")
                  with store.view(entry) as view:
                      seen = len(view), view[63_999_999], view.readonly
                  times.append(time.monotonic() - begun)
                  print(seen, store.is_unchanged(entry), store.is_unchanged(entry._replace(word=0)))
                  print(f"copied in {min(times[:5]):.3f} s, seen in {times[5]:.6f} s", file=sys.stderr)
              """,
              path.toString());
      assertEquals("(64000000, 7, True) True False\n", result.text(), result.err());
    }
  }

  @Test
  void agreesThatASoundStoreIsClean() throws Exception {
    Result result = read("verify");
    assertEquals("clean\n", result.text());
    assertEquals(0, result.exitCode());
    assertEquals(VerifyReport.Outcome.CLEAN, StoreVerifier.verify(path).outcome());
  }

  @Test
  void noticesADamagedByteOfAnObjectOrAHeader() throws Exception {
    long dataOffset = StoreHeader.of(TestStores.SMALL, 0).dataOffset();
    long at = TestStores.tables(store).slots().offset(SlotRef.slot(large));
    flip(dataOffset + at + LARGE - 1);
    checkFails(large + " is damaged: its checksum is wrong", "get", large.toString());
    Result result = read("verify");
    assertEquals(large + " is damaged: its checksum is wrong\n", result.text());
    assertEquals(1, result.exitCode());
    assertArrayEquals(TestStores.bytes(5, 77), get("reused"));
    flip(StoreHeader.COPY + 50);
    assertTrue(read("verify").text().startsWith("the header and its copy differ\n"));
    flip(50);
    checkFails("the header of " + path + " is damaged", "ls");
  }

  @Test
  void aFileThatIsNoSoundStoreIsAnErrorOfOneLine() throws Exception {
    store.close();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(50_000);
      checkFails(path + " was truncated to 50000 bytes", "ls");
      channel.truncate(4095);
      checkFails(path + " is not an object store: it is shorter than a header", "verify");
    }
    path = Path.of("/proc/self/exe").toRealPath();
    checkFails(path + " is not an object store", "ls");
    path = Path.of("/no/such/store");
    checkFails("[Errno 2] No such file or directory: '/no/such/store'", "ls");
  }

  @Test
  void refusesArgumentsThatItDoesNotKnow() throws Exception {
    for (String arguments : List.of("get", "get a b", "rm", "ls more")) {
      Result result = read(arguments.split(" ", -1));
      assertEquals(2, result.exitCode(), arguments);
      assertTrue(result.err().startsWith("usage: "), result.err());
    }
    assertEquals(2, python(READER).exitCode());
  }

  @Test
  void isAModuleToo() throws Exception {
    Result result =
        python(
            "-c",
            """
            import sys
            sys.path.insert(0, "python")
            from hak_store_reader import Store, crc32c
            assert crc32c(b"123456789") == 0xE3069283
            with Store(sys.argv[1]) as store:
                assert store.find("reused").size == len(store.read("reused")) == 77
                stale = store.find("reused")._replace(word=0)
                assert store.copy(stale) is None
                print(sum(entry.size for entry in store.list()))
            """,
            path.toString());
    assertEquals("", result.err());
    assertEquals(LARGE + 77 + "\n", result.text());
  }
}
