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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreChurnCommandTest {
  @TempDir private Path folder;

  private Cli.Result churn(String... more) {
    List<String> args = new ArrayList<>(List.of("store", "churn"));
    args.add(folder.resolve("store").toString());
    args.addAll(List.of("--capacity", "16MiB", "--min", "2KiB", "--max", "20KiB"));
    args.addAll(List.of("--episodes", "3000"));
    args.addAll(List.of(more));
    return hak(args.toArray(String[]::new));
  }

  @Test
  void printsMomentsEpisodesAndLedger() {
    Cli.Result result = churn("--workers", "2");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.err());
    assertTrue(result.out().startsWith("3,000 episodes of 2 workers, the random ones"));
    assertTrue(result.out().matches("(?s).* 3,000 +\\d\\d\\.\\d% .*"), result.out());
    assertTrue(result.out().endsWith("verified: yes\n"), result.out());
    assertFalse(Files.exists(folder.resolve("store")));
  }

  @Test
  void jsonOnStandardOutputIsAlone() {
    Cli.Result result = churn("--discard", "oldest", "--sample", "1", "--json", "-");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.err());
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertEquals("oldest", json.get("discard").getAsString());
    assertEquals(0, json.get("failedPuts").getAsInt());
    assertEquals(3000, json.get("checked").getAsInt());
    assertEquals(50, json.getAsJsonArray("moments").size());
    assertTrue(json.getAsJsonArray("failures").isEmpty());
  }

  @Test
  void putsThatFailAreAFailure() {
    Cli.Result result = churn("--fill", "1");
    assertEquals(1, result.exitCode());
    assertTrue(result.out().endsWith("verified: FAILED\n"), result.out());
    assertTrue(result.err().matches("hak: [\\d,]+ of 3,000 puts failed, .*\n"), result.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x --episodes 0",
        "x --episodes 1 --workers 2",
        "x --fill 0",
        "x --fill 1.1",
        "x --fill full",
        "x --min 1",
        "x --min 2MiB --max 1MiB",
        "x --max 9bananas",
        "x --workers 33",
        "x --discard newest",
        "x --sample 2",
        "x --capacity 5TiB",
        "/tmp/hak-no-such-store --capacity 1MiB",
        "x --json /no/such/folder/churn.json",
        "x y"
      })
  void badInputIsRefused(String arguments) {
    Cli.Result result = hak(Pattern.compile(" ").split(("store churn " + arguments).strip(), -1));
    assertEquals(2, result.exitCode(), result.err());
    assertEquals("", result.out());
    assertTrue(result.errLines().size() <= 2, result.err());
  }

  @ParameterizedTest
  @CsvSource({
    "--discard, newest, discard is 'newest'; it must be one of",
    "--fill, 7, fill is 7.0; it must be",
    "--min, 7 apples, min: \"7 apples\" is not allowed: an amount",
    "--workers, 99, workers is 99; it must be"
  })
  void errorsNameTheOption(String option, String value, String message) {
    String err = hak("store", "churn", "x", option, value).err();
    assertTrue(err.startsWith("hak: --" + message), err);
  }
}
