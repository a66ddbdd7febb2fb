package hak.cli.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hak.cli.Cli;
import hak.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorePutCommandTest {
  @TempDir private Path folder;
  private StoreFolder store;

  @BeforeEach
  void create() {
    store = new StoreFolder(folder);
  }

  /** The largest needs several steps of growth. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64, 65_537, 1_000_000})
  void aFileBecomesAnObjectOfTheSameBytes(int size) throws IOException {
    byte[] bytes = StoreFolder.bytes(size, size);
    String ref = store.fine("put", store.file("data", bytes)).out().strip();
    assertTrue(ref.matches("@[0-9a-f]+"), ref);
    assertArrayEquals(bytes, store.get(ref));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 300_000})
  void standardInputBecomesAnObjectOfTheSameBytes(int size) {
    byte[] bytes = StoreFolder.bytes(size, size);
    assertArrayEquals(bytes, store.get(store.put(bytes)));
  }

  @Test
  void aFileThatSaysItIsEmptyIsReadToItsEnd() throws IOException {
    String ref = store.fine("put", "/proc/version").out().strip();
    assertArrayEquals(Files.readAllBytes(Path.of("/proc/version")), store.get(ref));
  }

  @Test
  void aNameMayBeAnyUtf8() {
    String name = "größe/模型 \uD83D\uDE00";
    byte[] bytes = StoreFolder.bytes(1, 100);
    store.put(bytes, "--name", name);
    assertArrayEquals(bytes, store.get(name));
  }

  @Test
  void severalFilesArePrintedWithTheirRefs() throws IOException {
    String a = store.file("a", StoreFolder.bytes(1, 10));
    String b = store.file("b", StoreFolder.bytes(2, 20));
    List<String> lines = store.fine("put", a, b).out().lines().toList();
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).matches("@[0-9a-f]+  " + a), lines.get(0));
    assertTrue(lines.get(1).matches("@[0-9a-f]+  " + b), lines.get(1));
  }

  @Test
  void jsonHasTheRefOfEachFile() throws IOException {
    String a = store.file("a", StoreFolder.bytes(1, 10));
    JsonObject json = store.fine("put", a, "--name", "x", "--json", "-").json();
    JsonObject object = json.getAsJsonArray("objects").get(0).getAsJsonObject();
    assertEquals(a, object.get("file").getAsString());
    assertEquals("x", object.get("name").getAsString());
    assertEquals(10, object.get("sizeBytes").getAsInt());
    assertEquals(store.list().getFirst().ref().toString(), object.get("ref").getAsString());
    assertEquals(0, json.getAsJsonArray("failures").size());
  }

  @Test
  void aFileThatDoesNotFitDoesNotKeepTheOthersFromIt() throws IOException {
    String a = store.file("a", StoreFolder.bytes(1, 10));
    String large = store.file("large", new byte[2 << 20]);
    String b = store.file("b", StoreFolder.bytes(2, 20));
    StoreFolder.Result result = store.hak("put", a, large, b);
    assertEquals(1, result.exitCode());
    assertEquals(2, result.out().lines().count(), result.out());
    List<String> err = result.err().lines().toList();
    assertEquals(2, err.size(), result.err());
    assertTrue(err.getFirst().startsWith("hak: " + large + ": an object of 2097152 bytes"));
    assertEquals("hak: 2 of 3 put, not " + large, err.getLast());
    assertEquals(2, store.list().size());
  }

  @Test
  void jsonHasTheFailuresToo() throws IOException {
    String large = store.file("large", new byte[2 << 20]);
    StoreFolder.Result result = store.hak("put", large, "--json", "-");
    assertEquals(1, result.exitCode());
    JsonObject failure = result.json().getAsJsonArray("failures").get(0).getAsJsonObject();
    assertEquals(large, failure.get("what").getAsString());
    assertTrue(failure.get("error").getAsString().contains("does not fit"));
  }

  @Test
  void aNameThatIsTakenIsAFailure() {
    store.put(new byte[1], "--name", "x");
    StoreFolder.Result result =
        store.hak(new ByteArrayInputStream(new byte[2]), "put", "-", "--name", "x");
    assertEquals(1, result.exitCode());
    assertEquals("hak: -: there is an object named x already\n", result.err());
    assertArrayEquals(new byte[1], store.get("x"));
  }

  /** Never ends, and counts what was read of it. */
  private static final class Endless extends InputStream {
    private long bytes;

    @Override
    public int read() {
      bytes++;
      return 7;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      bytes += length;
      return length;
    }
  }

  @Test
  void inputWithoutAnEndIsReadOnlyAsFarAsTheStoreHasRoom() {
    store.put(new byte[100_000]);
    Endless endless = new Endless();
    StoreFolder.Result result = store.hak(endless, "put", "-");
    assertEquals(1, result.exitCode());
    long room = (1 << 20) - 100_032;
    assertEquals(
        "hak: -: it has more bytes than the " + room + " that the store has room for\n",
        result.err());
    assertTrue(endless.bytes <= room + (64 << 10), () -> endless.bytes + " bytes were read");
    assertEquals(1, store.list().size());
  }

  @Test
  void standardInputThatIsClosedIsAFailureAndNoObject() {
    InputStream closed =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("standard input is closed");
          }

          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            return read();
          }
        };
    StoreFolder.Result result = store.hak(closed, "put", "-");
    assertEquals(1, result.exitCode());
    assertEquals("hak: -: standard input is closed\n", result.err());
    assertEquals(List.of(), store.list());
  }

  @Test
  void nothingIsPutWhenAFileIsMissing() throws IOException {
    String a = store.file("a", new byte[1]);
    String missing = folder.resolve("missing").toString();
    StoreFolder.Result result = store.hak("put", a, missing);
    assertEquals(2, result.exitCode());
    assertEquals("hak: " + missing + ": no such file; nothing was put\n", result.err());
    assertEquals(List.of(), store.list());
  }

  @Test
  void aFolderIsNoFile() {
    StoreFolder.Result result = store.hak("put", folder.toString());
    assertEquals(2, result.exitCode());
    assertEquals("hak: " + folder + ": is a folder; nothing was put\n", result.err());
  }

  @ParameterizedTest
  @CsvSource({
    "- - --name x, --name is for one FILE",
    "- -, standard input can be put once",
    "- --name gr\uFFFDn, not in the encoding of the locale",
    "- --name @x, a name does not begin with @",
    "- --name=, a name has 1 to 120 bytes",
  })
  void badArgumentsAreRefusedBeforeAnythingIsPut(String arguments, String message) {
    StoreFolder.Result result = store.hak("put", arguments.split(" ", -1));
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains(message), result.err());
    assertEquals(List.of(), store.list());
  }

  @Test
  void aNameTooLongIsBadInput() {
    StoreFolder.Result result = store.hak("put", "-", "--name", "ü".repeat(61));
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("this one 122"), result.err());
  }

  @Test
  void aFileThatGrowsMeanwhileIsGivenUp() throws IOException {
    Path file = Path.of(store.file("a", new byte[10]));
    try (SizedInput input = SizedInput.open(file, Long.MAX_VALUE)) {
      Files.write(file, new byte[11]);
      IOException e = assertThrows(IOException.class, () -> input.read(ByteBuffer.allocate(20)));
      assertEquals("the file changed while it was read", e.getMessage());
    }
  }

  @Test
  void aStoreThatIsNotThereIsBadInput() {
    Cli.Result result = Cli.hak("store", "put", folder.resolve("none").toString(), "/dev/null");
    assertEquals(2, result.exitCode());
    assertEquals("hak: there is no " + folder.resolve("none") + "\n", result.err());
  }

  @Test
  void aStoreInUseByThisProcessIsShared() {
    try (ObjectStore open = store.open()) {
      String ref = store.put(new byte[5]);
      assertEquals(ref, open.list().getFirst().ref().toString());
    }
  }
}
