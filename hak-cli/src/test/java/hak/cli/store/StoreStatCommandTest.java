package hak.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hak.cli.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreStatCommandTest {
  @TempDir private Path folder;
  private StoreFolder store;

  @BeforeEach
  void fill() {
    store = new StoreFolder(folder);
    store.put(new byte[1000]);
  }

  @Test
  void printsTheLedgerAndTheLimits() {
    String out = store.fine("stat").out();
    assertTrue(out.matches("(?s).*\ncapacity +1,048,576 +100\\.0%\n.*"), out);
    assertTrue(out.matches("(?s).*\nused +1,024 +0\\.1%\n.*"), out);
    assertTrue(out.matches("(?s).*\nobjects +1 +16\n.*"), out);
    assertTrue(out.matches("(?s).*\nprocesses +1 +4\n.*"), out);
  }

  @Test
  void jsonAddsUp() {
    JsonObject json = store.fine("stat", "--json", "-").json();
    assertEquals(store.path().toString(), json.get("path").getAsString());
    JsonObject stats = json.getAsJsonObject("stats");
    assertEquals(1024, stats.get("usedBytes").getAsLong());
    assertEquals(
        stats.get("committedBytes").getAsLong(),
        stats.get("usedBytes").getAsLong() + stats.get("freeBytes").getAsLong());
    assertEquals(16, stats.get("objectLimit").getAsInt());
  }

  @Test
  void aStoreThatIsNotThereIsBadInput() {
    assertEquals(2, Cli.hak("store", "stat", folder.resolve("none").toString()).exitCode());
  }
}
