package hak.cli.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hak.cli.Cli;
import hak.cli.command.StandardStreams;
import hak.cli.output.WholeFile;
import hak.store.ObjectStore;
import hak.store.WritableObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreGetCommandTest {
  @TempDir private Path folder;
  private StoreFolder store;
  private byte[] bytes;
  private String ref;

  @BeforeEach
  void fill() {
    store = new StoreFolder(folder);
    bytes = StoreFolder.bytes(7, 100_000);
    ref = store.put(bytes, "--name", "x");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void standardOutputHasTheBytesAndNothingElse() {
    for (String object : List.of(ref, "x")) {
      StoreFolder.Result result = store.fine("get", object);
      assertArrayEquals(bytes, result.bytes());
      assertEquals("", result.out());
    }
  }

  @Test
  void anEmptyObjectIsNothingAndAnEmptyFile() throws IOException {
    String empty = store.put(new byte[0]);
    assertArrayEquals(new byte[0], store.get(empty));
    Path file = folder.resolve("empty");
    store.fine("get", empty, "-o", file.toString());
    assertEquals(0, Files.size(file));
  }

  @Test
  void aFileIsReplacedAndKeepsItsPermissions() throws IOException {
    Path file = Path.of(store.file("old", new byte[] {1}));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertEquals("", store.fine("get", "x", "-o", file.toString()).out());
    assertArrayEquals(bytes, Files.readAllBytes(file));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(List.of("old", "store"), files());
  }

  @Test
  void aLinkIsFollowed() throws IOException {
    Path file = Path.of(store.file("old", new byte[] {1}));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    store.fine("get", "x", "-o", link.toString());
    assertArrayEquals(bytes, Files.readAllBytes(file));
    assertTrue(Files.isSymbolicLink(link));
  }

  @Test
  void whatIsNoRegularFileIsWrittenAsItIs() {
    store.fine("get", "x", "-o", "/dev/null");
    assertFalse(Files.isRegularFile(Path.of("/dev/null")));
  }

  @Test
  void aDamagedObjectIsNotWritten() throws IOException {
    store.damage(bytes);
    Path file = folder.resolve("new");
    StoreFolder.Result result = store.hak("get", "x", "-o", file.toString());
    assertEquals(1, result.exitCode());
    assertTrue(result.err().startsWith("hak: x is damaged: its checksum is wrong"), result.err());
    assertEquals(List.of("store"), files());
    assertArrayEquals(new byte[0], store.hak("get", ref).bytes());
  }

  @Test
  void aFileThatCannotBeWrittenToItsEndLeavesNothing() throws IOException {
    Path file = folder.resolve("new");
    IOException failure = new IOException("No space left on device");
    try {
      WholeFile.write(
          file,
          out -> {
            out.write(ByteBuffer.wrap(bytes));
            throw failure;
          });
    } catch (IOException e) {
      assertEquals(failure, e);
    }
    assertEquals(List.of("store"), files());
  }

  @Test
  void jsonSaysWhatWasWritten() {
    String file = folder.resolve("new").toString();
    JsonObject json = store.fine("get", "x", "-o", file, "--json", "-").json();
    assertEquals("x", json.get("object").getAsString());
    assertEquals(ref, json.get("ref").getAsString());
    assertEquals(bytes.length, json.get("sizeBytes").getAsInt());
    assertEquals(file, json.get("file").getAsString());
  }

  @Test
  void bytesOnStandardOutputAndJsonInAFileGoTogether() throws IOException {
    Path file = folder.resolve("get.json");
    assertArrayEquals(bytes, store.fine("get", "x", "--json", file.toString()).bytes());
    assertTrue(Files.readString(file).contains(ref));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x --json -", "x -o - --json -"})
  void bytesAndJsonCannotShareStandardOutput(String arguments) {
    StoreFolder.Result result = store.hak("get", arguments.split(" ", -1));
    assertEquals(2, result.exitCode());
    assertTrue(result.err().startsWith("hak: the object and --json - both want"), result.err());
    assertEquals(0, result.bytes().length);
  }

  @ParameterizedTest
  @CsvSource({
    "@12345, hak: there is no sealed object @12345",
    "y, hak: there is no sealed object named y",
  })
  void anObjectThatIsNotThereIsAFailure(String object, String message) {
    StoreFolder.Result result = store.hak("get", object);
    assertEquals(1, result.exitCode());
    assertEquals(message + "\n", result.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"@", "@xyz", "@-1", "@11111111111111111", "@0"})
  void whatIsNoRefIsBadInput(String object) {
    StoreFolder.Result result = store.hak("get", object);
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("a ref is"), result.err());
  }

  @Test
  void aRefIsNotTakenForAFileOfArguments() throws IOException {
    StoreFolder.Result result = store.hak("get", "@" + store.file("arguments", new byte[] {'x'}));
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("a ref is @"), result.err());
  }

  @Test
  void aFolderAndAMissingFolderAreBadInput() {
    StoreFolder.Result result = store.hak("get", "x", "-o", folder.toString());
    assertEquals(2, result.exitCode());
    assertTrue(result.err().startsWith("hak: -o: cannot write " + folder + ": is a folder"));
    result = store.hak("get", "x", "-o", folder.resolve("no/such").toString());
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains(": no such folder"), result.err());
  }

  @Test
  void waitingEndsWithItsTime() {
    StoreFolder.Result result = store.hak("get", "y", "--wait", "20ms");
    assertEquals(1, result.exitCode());
    assertEquals("hak: no sealed object named y appeared within PT0.02S\n", result.err());
  }

  @Test
  void waitingEndsWithTheObject() throws Exception {
    try (ObjectStore open = store.open()) {
      Thread producer =
          Thread.ofPlatform()
              .start(() -> {
                try (WritableObject object = open.create("y", 3)) {
                  object.segment().fill((byte) 9);
                  object.seal();
                }
              });
      assertArrayEquals(new byte[] {9, 9, 9}, store.fine("get", "y", "--wait", "30s").bytes());
      producer.join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "-1s", "1.5s", "s", "5 s", "10000000h", "PT5S"})
  void durationsAreReadStrictly(String duration) {
    StoreFolder.Result result = store.hak("get", "x", "--wait", duration);
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("is no duration"), result.err());
  }

  @Test
  void aFullStandardOutputIsAFailureAndAClosedOneIsNot() {
    assertEquals(1, getTo("No space left on device").exitCode());
    assertEquals(
        "hak: cannot write standard output: No space left on device\n",
        getTo("No space left on device").err());
    assertEquals("", getTo("Broken pipe").err());
    assertEquals(0, getTo("Broken pipe").exitCode());
  }

  private Cli.Result getTo(String failure) {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(failure);
          }
        };
    return Cli.hak(
        new StandardStreams(InputStream.nullInputStream(), failing),
        "store",
        "get",
        store.path().toString(),
        "x");
  }
}
