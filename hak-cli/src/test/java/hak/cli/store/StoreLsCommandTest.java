package hak.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import hak.cli.Cli;
import hak.store.ObjectStore;
import hak.store.WritableObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLsCommandTest {
  @TempDir private Path folder;
  private StoreFolder store;

  @BeforeEach
  void create() {
    store = new StoreFolder(folder);
  }

  @Test
  void anEmptyStoreHasHeadsOnly() {
    assertEquals(
        """
        ref  bytes  refs  views  state  created  name
        ---  -----  ----  -----  -----  -------  ----
        """,
        store.fine("ls").out());
  }

  @Test
  void listsWhatIsSealedAndWhatIsBeingWritten() {
    String named = store.put(new byte[1234], "--name", "größe");
    String unnamed = store.put(new byte[0]);
    try (ObjectStore open = store.open();
        WritableObject writing = open.create(5);
        var view = open.get("größe")) {
      List<String> lines = store.fine("ls").out().lines().skip(2).sorted().toList();
      assertEquals(3, lines.size());
      assertTrue(lines.get(0).matches(named + " +1,234 +1 +1  sealed .*  größe"), lines.get(0));
      assertTrue(lines.get(1).matches(unnamed + " +0 +1 +0  sealed .*Z"), lines.get(1));
      assertTrue(lines.get(2).matches(writing.ref() + " +5 +1 +0  writing .*"), lines.get(2));
      assertEquals(1234, view.sizeBytes());
    }
  }

  @Test
  void aPrefixListsTheNamesThatBeginSo() {
    store.put(new byte[1], "--name", "layer-1");
    store.put(new byte[2], "--name", "layer-10");
    store.put(new byte[3], "--name", "la");
    store.put(new byte[4]);
    assertEquals(
        List.of("layer-1", "layer-10"),
        store
            .fine("ls", "layer-")
            .out()
            .lines()
            .skip(2)
            .map(line -> line.replaceFirst(".* ", ""))
            .toList());
    JsonObject json = store.fine("ls", "layer-10", "--json", "-").json();
    assertEquals("layer-10", json.get("prefix").getAsString());
    assertEquals(1, json.getAsJsonArray("objects").size());
    assertEquals(0, store.fine("ls", "x").out().lines().skip(2).count());
    assertEquals(2, store.hak("ls", "@1").exitCode());
  }

  @Test
  void jsonHasTheSame() {
    String named = store.put(new byte[1234], "--name", "größe");
    store.put(new byte[0]);
    JsonArray objects = store.fine("ls", "--json", "-").json().getAsJsonArray("objects");
    assertEquals(2, objects.size());
    JsonObject first = objects.get(0).getAsJsonObject();
    if (!first.get("ref").getAsString().equals(named)) {
      first = objects.get(1).getAsJsonObject();
    }
    assertEquals("größe", first.get("name").getAsString());
    assertEquals(1234, first.get("sizeBytes").getAsInt());
    assertEquals(1, first.get("references").getAsInt());
    assertEquals(0, first.get("views").getAsInt());
    assertTrue(first.get("sealed").getAsBoolean());
    assertTrue(first.get("created").getAsString().endsWith("Z"));
  }

  @Test
  void jsonHasWhatWasSaidOfAnObject() {
    store.put(new byte[5], "--type", "7", "--metadata", "größe=3");
    JsonObject object =
        store.fine("ls", "--json", "-").json().getAsJsonArray("objects").get(0).getAsJsonObject();
    assertEquals(7, object.get("type").getAsInt());
    byte[] metadata = Base64.getDecoder().decode(object.get("metadata").getAsString());
    assertEquals("größe=3", new String(metadata, StandardCharsets.UTF_8));
    assertEquals(
        2, store.hak("put", "--metadata", "x".repeat(257), store.path().toString()).exitCode());
  }

  @Test
  void aNameDoesNotSteerTheTerminal() {
    store.put(new byte[1], "--name", "a\u001b[2Jb\nc");
    String out = store.fine("ls").out();
    assertTrue(out.endsWith("a?[2Jb?c\n"), out);
    assertFalse(out.contains("\u001b"));
  }

  @Test
  void aFileThatIsNoStoreIsAFailure() throws Exception {
    String file = store.file("other", StoreFolder.bytes(1, 10_000));
    Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rw-------"));
    Cli.Result result = Cli.hak("store", "ls", file);
    assertEquals(1, result.exitCode());
    assertEquals("hak: " + file + " is not an object store\n", result.err());
    assertTrue(Cli.hak("--debug", "store", "ls", file).err().contains("\tat "));
  }
}
