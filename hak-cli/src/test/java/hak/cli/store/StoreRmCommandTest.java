package hak.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreRmCommandTest {
  @TempDir private Path folder;
  private StoreFolder store;

  @BeforeEach
  void create() {
    store = new StoreFolder(folder);
  }

  @Test
  void deletesByRefAndByName() {
    String ref = store.put(new byte[10]);
    store.put(new byte[20], "--name", "x");
    String kept = store.put(new byte[30]);
    assertEquals("", store.fine("rm", ref, "x").out());
    assertEquals(
        List.of(kept), store.list().stream().map(object -> object.ref().toString()).toList());
  }

  @Test
  void oneThatIsNotThereDoesNotKeepTheOthers() {
    String ref = store.put(new byte[10]);
    store.put(new byte[20], "--name", "x");
    StoreFolder.Result result = store.hak("rm", ref, "y", "x", ref);
    assertEquals(1, result.exitCode());
    assertEquals(
        List.of(
            "hak: y: there is no sealed object named y",
            "hak: " + ref + ": there is no sealed object " + ref,
            "hak: 2 of 4 deleted, not y, " + ref),
        result.err().lines().toList());
    assertEquals(List.of(), store.list());
  }

  @Test
  void jsonHasWhatWasDeletedAndWhatWasNot() {
    String ref = store.put(new byte[10], "--name", "x");
    StoreFolder.Result result = store.hak("rm", "x", "y", "--json", "-");
    assertEquals(1, result.exitCode());
    JsonObject deleted = result.json().getAsJsonArray("deleted").get(0).getAsJsonObject();
    assertEquals("x", deleted.get("object").getAsString());
    assertEquals(ref, deleted.get("ref").getAsString());
    JsonObject failure = result.json().getAsJsonArray("failures").get(0).getAsJsonObject();
    assertEquals("y", failure.get("what").getAsString());
  }

  @Test
  void nothingIsDeletedWhenAnArgumentIsBad() {
    String ref = store.put(new byte[10]);
    assertEquals(2, store.hak("rm", ref, "@nonsense").exitCode());
    assertEquals(1, store.list().size());
    StoreFolder.Result result = store.hak("rm");
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("REF|NAME"), result.err());
  }
}
