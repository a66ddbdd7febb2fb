package hak.cli.stack;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.cli.Cli;
import hak.core.Hak;
import hak.core.spi.BoxProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoxesCommandTest {
  @TempDir private Path folder;

  @Test
  void namesEveryBoxWithItsOptions() {
    Cli.Result result = hak("boxes");
    assertEquals(0, result.exitCode());
    for (BoxProvider box : Hak.boxes()) {
      assertTrue(result.out().contains(box.id() + "  ("), box.id());
      box.options().forEach(option -> assertTrue(result.out().contains(option.text()), box.id()));
    }
  }

  @Test
  void showsOneBoxByName() {
    Cli.Result result = hak("boxes", "tls-sll");
    assertEquals(0, result.exitCode());
    assertTrue(result.out().startsWith("tls-sll  (cache, module "), result.out());
    assertTrue(result.out().contains("capacity"), result.out());
    assertFalse(result.out().contains("ring-cache"), result.out());
  }

  @Test
  void anUnknownBoxIsBadInputAndNamesTheNearest() {
    Cli.Result result = hak("boxes", "noop", "tls-sl");
    assertEquals(2, result.exitCode());
    assertEquals("", result.out());
    assertEquals("hak: no box 'tls-sl'; did you mean 'tls-sll'?", result.errLines().getFirst());
  }

  @Test
  void jsonOnStandardOutputIsAlone() {
    Cli.Result result = hak("boxes", "--json", "-");
    assertEquals(0, result.exitCode());
    List<String> ids = new ArrayList<>();
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    for (JsonElement box : json.getAsJsonArray("boxes")) {
      ids.add(box.getAsJsonObject().get("id").getAsString());
    }
    assertEquals(Hak.boxes().stream().map(BoxProvider::id).toList(), ids);
  }

  @Test
  void jsonInAFileIsBesidesTheTable() throws IOException {
    Path file = folder.resolve("boxes.json");
    Cli.Result result = hak("boxes", "--json", file.toString());
    assertEquals(0, result.exitCode());
    assertTrue(result.out().contains("tls-sll"));
    assertEquals(hak("boxes", "--json", "-").out(), Files.readString(file));
  }

  @Test
  void aFileThatCannotBeWrittenIsBadInput() {
    Path file = folder.resolve("missing/boxes.json");
    Cli.Result result = hak("boxes", "--json", file.toString());
    assertEquals(2, result.exitCode());
    assertEquals("", result.out());
    assertTrue(
        result.err().contains("--json: cannot write " + file + ": no such folder"), result.err());
    assertFalse(Files.exists(file));
  }
}
