package hak.cli.store;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.cli.Cli;
import hak.store.ObjectStore;
import hak.store.StoreOptions;
import hak.store.StoreStats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreCreateCommandTest {
  @TempDir private Path folder;

  private String path() {
    return folder.resolve("store").toString();
  }

  private StoreStats stats() {
    Path path = folder.resolve("store");
    try (ObjectStore store = ObjectStore.open(path, StoreOptions.DEFAULT.withCreate(false))) {
      return store.stats();
    }
  }

  @Test
  void theDefaultsAreThoseOfTheLibrary() {
    Cli.Result result = hak("store", "create", path());
    assertEquals("", result.err());
    assertEquals(0, result.exitCode());
    assertEquals(
        "created " + path() + ": 4 GiB for 10,000 objects and 64 processes, in steps of 64 MiB\n",
        result.out());
    StoreOptions defaults = StoreOptions.DEFAULT;
    StoreStats stats = stats();
    assertEquals(defaults.capacityBytes(), stats.capacityBytes());
    assertEquals(defaults.objectLimit(), stats.objectLimit());
    assertEquals(defaults.processLimit(), stats.processLimit());
    assertEquals(defaults.growthBytes(), stats.growthBytes());
    assertEquals(defaults.eviction(), stats.eviction());
  }

  @Test
  void everyLimitCanBeSet() {
    Cli.Result result =
        hak(
            "store",
            "create",
            path(),
            "--bytes",
            "8MiB",
            "--objects",
            "7",
            "--processes",
            "3",
            "--growth",
            "65536",
            "--evict",
            "--json",
            "-");
    assertEquals("", result.err());
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertEquals(path(), json.get("path").getAsString());
    assertEquals(8 << 20, json.get("capacityBytes").getAsLong());
    assertTrue(json.get("eviction").getAsBoolean());
    StoreStats stats = stats();
    assertEquals(8 << 20, stats.capacityBytes());
    assertEquals(7, stats.objectLimit());
    assertEquals(3, stats.processLimit());
    assertEquals(65536, stats.growthBytes());
    assertTrue(stats.eviction());
  }

  @ParameterizedTest
  @CsvSource({
    "nobody, rw-------",
    "group-reads, rw-r-----",
    "all-read, rw-r--r--",
    "group, rw-rw----"
  })
  void whoElseMayUseItIsTheModeOfTheFile(String sharing, String mode) throws Exception {
    Cli.Result result = hak("store", "create", path(), "--sharing", sharing);
    assertEquals("", result.err());
    assertEquals(
        !sharing.equals("nobody"), result.out().endsWith(", sharing: " + sharing + "\n"), sharing);
    assertEquals(
        mode,
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("store"))));
    assertEquals(0, hak("store", "ls", path()).exitCode());
  }

  @Test
  void aSharingThatIsNoneNamesThoseThereAre() {
    Cli.Result result = hak("store", "create", path(), "--sharing", "everybody");
    assertEquals(2, result.exitCode());
    assertTrue(
        result.err().contains("'everybody' is none of nobody, group-reads, all-read, group"),
        result.err());
    assertFalse(Files.exists(folder.resolve("store")));
  }

  /** Java has the replacement character for what it could not decode, and would create that. */
  @Test
  void aNameOfOtherBytesThanTheLocalesIsRefused() {
    Cli.Result result = hak("store", "create", folder.resolve("m\uFFFD").toString());
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("not in the encoding of the locale"), result.err());
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void aFileThatIsThereStaysAsItIs() throws Exception {
    hak("store", "create", path(), "--bytes", "1MiB");
    byte[] before = Files.readAllBytes(folder.resolve("store"));
    Cli.Result result = hak("store", "create", path());
    assertEquals(2, result.exitCode());
    assertEquals("", result.out());
    assertEquals(
        "hak: there is a file " + path() + " already; it was left as it is\n", result.err());
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("store")));
  }

  @ParameterizedTest
  @CsvSource({
    "--bytes, 5MB",
    "--bytes, 4",
    "--bytes, 5TiB",
    "--bytes, 99999999999999GiB",
    "--bytes, -1MiB",
    "--bytes, 1.5GiB",
    "--bytes, 4 gib",
    "--bytes, ''",
    "--growth, 0",
    "--objects, 0",
    "--objects, 1048577",
    "--objects, 1KiB",
    "--processes, 256",
    "--processes, many"
  })
  void amountsAreReadStrictly(String option, String value) {
    Cli.Result result = hak("store", "create", path(), option, value);
    assertEquals(2, result.exitCode());
    assertEquals("", result.out());
    String expected =
        "hak: Invalid value for option '" + option + "': \"" + value + "\" is not allowed: a";
    assertTrue(result.err().startsWith(expected), result.err());
    assertFalse(Files.exists(folder.resolve("store")));
  }

  @Test
  void aNameWithoutFolderIsInSharedMemory() {
    Path expected = Path.of("/dev/shm/models");
    assertEquals(expected, new StorePath.Converter().convert("models"));
    assertEquals(Path.of("models").toAbsolutePath(), new StorePath.Converter().convert("./models"));
    assertEquals(Path.of("/x/models"), new StorePath.Converter().convert("/x/models"));
  }

  @ParameterizedTest
  @CsvSource({"''", "/"})
  void aPathThatNamesNoFileIsBadInput(String path) {
    Cli.Result result = hak("store", "create", path);
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("names no file"), result.err());
  }

  @Test
  void aMissingFolderIsBadInput() {
    Cli.Result result = hak("store", "create", folder.resolve("missing/store").toString());
    assertEquals(2, result.exitCode());
    assertEquals(1, result.errLines().size(), result.err());
    assertTrue(result.err().startsWith("hak: there is no " + folder), result.err());
  }
}
