package hak.cli.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hak.cli.Cli;
import hak.cli.command.ExitCode;
import hak.store.VerifyReport.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreVerifyCommandTest {
  /** Where the header has a part of its store's random number. */
  private static final int IN_HEADER = 50;

  private static final int HEADER_COPY = 2048;

  @TempDir private Path folder;
  private StoreFolder store;
  private byte[] bytes;
  private String ref;

  @BeforeEach
  void fill() {
    store = new StoreFolder(folder);
    bytes = StoreFolder.bytes(1, 5000);
    ref = store.put(bytes, "--name", "x");
    store.put(StoreFolder.bytes(2, 300), "--name", "kept");
  }

  @Test
  void aSoundStoreIsClean() {
    assertEquals("clean: 2 objects, 5,300 bytes\n", store.fine("verify").out());
    assertEquals("clean: 2 objects, 5,300 bytes\n", store.fine("verify", "--repair").out());
  }

  @Test
  void aDamagedHeaderIsRepairableAndRepairedWithoutLoss() throws IOException {
    store.flip(IN_HEADER);
    byte[] before = Files.readAllBytes(store.path());
    StoreFolder.Result result = store.hak("verify");
    assertEquals(ExitCode.REPAIRABLE, result.exitCode());
    assertEquals(3, result.exitCode());
    assertTrue(result.out().contains("found: the header: "), result.out());
    assertTrue(result.out().contains("\nrepairable: 2 objects, 5,300 bytes\n"), result.out());
    assertArrayEquals(before, Files.readAllBytes(store.path()));

    String out = store.fine("verify", "--repair").out();
    assertTrue(out.contains("\nrepair: restored the header from its copy\n"), out);
    assertTrue(out.endsWith("repaired: 2 objects, 5,300 bytes\n"), out);
    store.fine("verify");
    assertArrayEquals(bytes, store.get("x"));
  }

  @Test
  void aDamagedObjectIsLostAndTheRepairNamesIt() throws IOException {
    store.damage(bytes);
    byte[] before = Files.readAllBytes(store.path());
    StoreFolder.Result result = store.hak("verify");
    assertEquals(ExitCode.DATA_LOST, result.exitCode());
    assertEquals(4, result.exitCode());
    assertTrue(
        result.out().startsWith("found: slot 0, " + ref + ", x: its checksum is wrong\n"),
        result.out());
    assertArrayEquals(before, Files.readAllBytes(store.path()));

    result = store.hak("verify", "--repair");
    assertEquals(4, result.exitCode());
    assertTrue(result.out().contains("\nrepair: dropped slot 0, " + ref + ", x\n"), result.out());
    assertTrue(result.out().contains("\nrepaired, data lost: "), result.out());
    assertEquals("clean: 1 objects, 300 bytes\n", store.fine("verify").out());
    assertArrayEquals(StoreFolder.bytes(2, 300), store.get("kept"));
  }

  @Test
  void twoDamagedHeadersAreBeyondRepair() throws IOException {
    store.flip(IN_HEADER);
    store.flip(HEADER_COPY + IN_HEADER);
    assertEquals(4, store.hak("verify").exitCode());
    StoreFolder.Result result = store.hak("verify", "--repair");
    assertEquals(4, result.exitCode());
    assertTrue(result.err().startsWith("hak: nothing in " + store.path()), result.err());
  }

  @Test
  void jsonHasTheReport() throws IOException {
    store.damage(bytes);
    StoreFolder.Result result = store.hak("verify", "--json", "-");
    assertEquals(4, result.exitCode());
    JsonObject json = result.json();
    assertEquals("data lost", json.get("outcome").getAsString());
    assertEquals(2, json.get("objects").getAsInt());
    assertEquals(1, json.getAsJsonArray("findings").size());
    assertEquals(0, json.getAsJsonArray("repairs").size());
  }

  @Test
  void aStoreInUseIsCleanAndAMissingOneIsBadInput() {
    try (var open = store.open();
        var writing = open.create("new", 100)) {
      assertEquals(100, writing.segment().byteSize());
      assertEquals("clean: 2 objects, 5,300 bytes\n", store.fine("verify").out());
    }
    assertEquals(2, Cli.hak("store", "verify", folder.resolve("none").toString()).exitCode());
  }

  @Test
  void theExitCodesAreThoseOfTheLibrary() {
    assertEquals(Outcome.CLEAN.exitCode(), ExitCode.FINE);
    assertEquals(Outcome.REPAIRABLE.exitCode(), ExitCode.REPAIRABLE);
    assertEquals(Outcome.DATA_LOST.exitCode(), ExitCode.DATA_LOST);
  }
}
