package hak.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import hak.cli.Cli;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void saysWhoHasViews() {
    try (ObjectStore open = store.open();
        ObjectView view = open.get(store.list().getFirst().ref())) {
      long pid = ProcessHandle.current().pid();
      String out = store.fine("stat").out();
      assertTrue(out.matches("(?s).*\n" + pid + ", this one +1 +\\d+ +0\n"), out);
      JsonArray processes = store.fine("stat", "--json", "-").json().getAsJsonArray("processes");
      assertEquals(1, processes.size());
      assertEquals(1, processes.get(0).getAsJsonObject().get("views").getAsInt());
      List<String> lines =
          store.fine("stat", "--watch", "100ms", "--count", "2").out().lines().toList();
      assertEquals(3, lines.size());
      assertTrue(lines.get(0).startsWith("time "), lines.get(0));
      assertTrue(
          lines
              .get(1)
              .matches("\\d\\d(:\\d\\d){2} +1 +0\\.1% +6\\.\\d% +0\\.0% +- +- +" + pid + ":1"),
          lines.get(1));
      assertTrue(lines.get(2).matches(".*% +0 +0 +" + pid + ":1"), lines.get(2));
      assertEquals(1000, view.sizeBytes());
    }
  }

  @Test
  void theJsonOfAWatchIsTheLastLook() {
    JsonObject json = store.fine("stat", "--watch", "100ms", "--count", "2", "--json", "-").json();
    assertEquals(1024, json.getAsJsonObject("stats").get("usedBytes").getAsLong());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--count 3", "--watch 99ms", "--watch 1s --count 0", "--watch soon"})
  void whatDoesNotFitIsBadInput(String options) {
    assertEquals(2, store.hak("stat", options.split(" ", -1)).exitCode());
  }

  @Test
  void aStoreThatIsNotThereIsBadInput() {
    assertEquals(2, Cli.hak("store", "stat", folder.resolve("none").toString()).exitCode());
  }
}
