package hak.cli.store;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreBenchCommandTest {
  @TempDir private Path folder;

  @Test
  void printsATableForEachMeasurement() throws IOException {
    Path store = folder.resolve("store");
    Path file = folder.resolve("result.json");
    Cli.Result result =
        hak(
            "store",
            "bench",
            store.toString(),
            "--quick",
            "--rounds",
            "1",
            "--json",
            file.toString());
    assertEquals(0, result.exitCode(), result.err());
    for (String head :
        new String[] {"get by ref", "write 5 MiB", "put and delete", "hand-over to a process"}) {
      assertTrue(result.out().contains(head), result.out());
    }
    assertFalse(Files.exists(store));
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    assertEquals(3, json.getAsJsonArray("writes").size());
    assertEquals(3, json.getAsJsonArray("writers").size());
    assertTrue(json.getAsJsonObject("get").getAsJsonObject("byFloor").has("low"));
    assertTrue(json.getAsJsonObject("handOver").getAsJsonObject("store").has("p99"));
  }

  @Test
  void noRoundsAreRefused() {
    Cli.Result result = hak("store", "bench", folder.resolve("store").toString(), "--rounds", "0");
    assertEquals(2, result.exitCode(), result.err());
    assertEquals("", result.out());
    assertEquals(2, result.errLines().size(), result.err());
  }

  @Test
  void aFileThatIsNoStoreIsRefusedInALine() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "not a store");
    Cli.Result result = hak("store", "bench", other.toString());
    assertEquals(1, result.exitCode(), result.err());
    assertEquals(1, result.errLines().size(), result.err());
    assertEquals("not a store", Files.readString(other));
  }
}
