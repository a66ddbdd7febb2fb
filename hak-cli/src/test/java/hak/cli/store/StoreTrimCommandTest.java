package hak.cli.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hak.cli.Cli;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTrimCommandTest {
  @TempDir private Path folder;

  /** Bytes that the file has on its file system. */
  private static long memory(Path file) throws Exception {
    Process process = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    String blocks = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return Long.parseLong(blocks.strip()) * 512;
  }

  @Test
  void freeSpaceLosesItsMemoryAndObjectsStay() throws Exception {
    StoreFolder store = new StoreFolder(folder);
    store.put(StoreFolder.bytes(1, 300_000), "--name", "gone");
    store.put(StoreFolder.bytes(2, 64_000), "--name", "kept");
    store.fine("rm", "gone");
    long before = memory(store.path());
    JsonObject json = store.fine("trim", "--json", "-").json();
    long after = memory(store.path());
    assertTrue(before - after >= 290_000, before + " -> " + after);
    long free = json.getAsJsonObject("after").get("freeBytes").getAsLong();
    assertTrue(json.getAsJsonObject("before").get("freeBackedBytes").getAsLong() >= 300_000);
    assertEquals(0, json.getAsJsonObject("after").get("freeBackedBytes").getAsLong());
    assertArrayEquals(StoreFolder.bytes(2, 64_000), store.get("kept"));
    assertEquals(
        String.format("free %,d bytes; known to have memory behind them: 0 -> 0\n", free),
        store.fine("trim").out());
    store.fine("verify");
  }

  @Test
  void aStoreThatIsNotThereIsBadInput() {
    assertEquals(2, Cli.hak("store", "trim", folder.resolve("none").toString()).exitCode());
  }
}
