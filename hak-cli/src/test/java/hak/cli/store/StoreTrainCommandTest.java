package hak.cli.store;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTrainCommandTest {
  @TempDir private Path folder;

  private Cli.Result train(String... more) {
    List<String> args = new ArrayList<>(List.of("store", "train"));
    args.add(folder.resolve("store").toString());
    args.addAll(List.of("--workers", "2", "--epochs", "4", "--features", "300"));
    args.addAll(List.of("--examples", "50"));
    args.addAll(List.of(more));
    return hak(args.toArray(String[]::new));
  }

  @Test
  void printsLossesExchangeAndLedger() {
    Cli.Result result = train("--sync", "2");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.err());
    assertTrue(result.out().startsWith("2 workers, 4 epochs, 19,329 parameters"), result.out());
    assertTrue(result.out().matches("(?s).*of one process +yes\n.*"), result.out());
    assertTrue(result.out().endsWith("verified: yes\n"), result.out());
    assertFalse(Files.exists(folder.resolve("store")));
  }

  @Test
  void jsonOnStandardOutputIsAlone() {
    Cli.Result result = train("--json", "-");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.err());
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertEquals(1, json.get("syncs").getAsInt());
    assertEquals(4, json.get("equalObjects").getAsInt());
    assertTrue(json.get("equalModel").getAsBoolean());
    assertEquals(0, json.getAsJsonObject("after").get("usedBytes").getAsLong());
    assertTrue(json.getAsJsonArray("failures").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x --workers 0",
        "x --workers 33",
        "x --epochs 0",
        "x --sync 0",
        "x --features 15",
        "x --examples many",
        "x --json /no/such/folder/train.json",
        "x y"
      })
  void badInputIsRefused(String arguments) {
    Cli.Result result = hak(Pattern.compile(" ").split(("store train " + arguments).strip(), -1));
    assertEquals(2, result.exitCode(), result.err());
    assertEquals("", result.out());
    assertTrue(result.errLines().size() <= 2, result.err());
  }

  @Test
  void aFolderThatIsNotThereIsAnErrorOfOneLine() {
    Cli.Result result = hak("store", "train", folder.resolve("missing/store").toString());
    assertEquals(2, result.exitCode());
    assertEquals(1, result.errLines().size(), result.err());
    assertTrue(result.err().contains("missing"), result.err());
  }
}
