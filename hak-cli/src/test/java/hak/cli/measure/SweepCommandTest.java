package hak.cli.measure;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepCommandTest {
  private static final String SMALL = " --forks 1 --first-forks 1 --rounds 1";

  @TempDir private Path folder;

  private static Cli.Result sweep(String arguments) {
    return hak(("sweep " + arguments).split(" ", -1));
  }

  private static List<String> strings(JsonArray array) {
    List<String> strings = new ArrayList<>();
    array.forEach(element -> strings.add(element.getAsString()));
    return strings;
  }

  /** Six combinations: one is as the base, three are the same, one of the ring cache is refused. */
  @Test
  void searchesAllCombinationsAndWritesTheBest() throws IOException {
    Path log = folder.resolve("sweep.jsonl");
    Path toml = folder.resolve("best.toml");
    String command =
        "default bare --set box.tls-sll.capacity=8,32,128 --swap tls-sll=noop --without tls-sll"
            + " --workload fixed-64:steps=100000"
            + SMALL
            + " --json - --out "
            + toml
            + " --resume "
            + log;
    Cli.Result result = sweep(command);
    assertEquals(0, result.exitCode(), result.err());
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertEquals(
        List.of(
            "default box.tls-sll.capacity=8",
            "default box.tls-sll.capacity=128",
            "default tls-sll=noop",
            "default -tls-sll"),
        strings(json.getAsJsonArray("candidates")));
    JsonElement left = json.getAsJsonArray("leftOut").get(0);
    assertEquals("default -tls-sll tls-sll=noop", left.getAsJsonObject().get("name").getAsString());
    assertEquals(1, json.getAsJsonArray("leftOut").size());
    JsonObject rung = json.getAsJsonArray("rungs").get(0).getAsJsonObject();
    assertEquals(4, rung.get("candidates").getAsInt());
    assertEquals(2, rung.get("kept").getAsInt());
    JsonArray rows =
        json.getAsJsonArray("searches").get(0).getAsJsonObject().getAsJsonArray("rows");
    assertEquals(4, rows.size());
    assertTrue(rows.get(0).getAsJsonObject().get("dropped").isJsonNull());
    assertEquals(1, rows.get(3).getAsJsonObject().get("dropped").getAsInt());
    JsonObject best = json.getAsJsonArray("best").get(0).getAsJsonObject();
    assertTrue(best.getAsJsonObject("ratio").get("value").getAsDouble() <= 1);
    JsonArray regrets = json.getAsJsonArray("regrets");
    assertEquals("default", regrets.get(0).getAsJsonObject().get("stack").getAsString());
    assertEquals(
        "bare", regrets.get(regrets.size() - 1).getAsJsonObject().get("stack").getAsString());
    String text = Files.readString(toml);
    assertTrue(text.contains("name = \"best\""), text);
    assertEquals(0, hak("profile", "check", toml.toString()).exitCode());

    List<String> forks = Files.readAllLines(log);
    assertEquals(3, forks.size(), "what is compared, a fork of the rung, one of the last");
    assertEquals(0, sweep(command).exitCode());
    assertEquals(forks, Files.readAllLines(log), "all of it was over");
  }

  @Test
  void printsRungsTheJudgementAndRegrets() {
    Cli.Result result =
        sweep(
            "--set box.tls-sll.capacity=2,4,8,16 --workload fixed-64:steps=100000"
                + " fixed-16:steps=100000"
                + SMALL);
    assertEquals(0, result.exitCode(), result.err());
    for (String line :
        List.of(
            "4 candidates, base default, .*",
            "fixed-64\\S* +rung 1: 1 fork +95 % of the last +dropped",
            "geometric mean +rung 1: 1 fork +95 % of the last +dropped",
            "default box.tls-sll.capacity=\\d+ +[\\d.]+ +[\\d.]+ .. [\\d.]+ +rung 1",
            "1 of 1 forks an arm, 1 rounds, 1 thread, threshold 1 %",
            "fixed-16\\S* +default.* [\\d.]+ +[\\d.]+ .. [\\d.]+ +(NEUTRAL|the base)",
            "default +fixed-64\\S* +default.* +[\\d.]+ +[\\d.-]+ .. [\\d.]+",
            "default +geometric mean +the best of each +[\\d.]+ .*")) {
      assertTrue(result.out().lines().anyMatch(text -> text.matches(line)), line);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', nothing to search",
    "default bare, nothing to search",
    "--set box.tls-sll.capacity=32, all combinations are as the base",
    "--without ss-reus, did you mean 'ss-reuse'?",
    "--swap tls-sll, is not BOX=BOX",
    "--add noop@3, the last is 2",
    "--set box.tls-sl.capacity=3 --without tls-sll, did you mean 'tls-sll'?",
    "'--set box.tls-sll.capacity=8,0', 0 is not allowed",
    "'--set box.tls-sll.capcity=3,4 --without tls-sll', did you mean 'capacity'?",
    "'--set stack.regon=1,2', did you mean 'region'?",
    "no-such --without tls-sll, no-such",
    "--without tls-sll --first-forks 0, --first-forks is 0",
    "--without tls-sll --forks 4 --first-forks 5, --first-forks is 5",
    "--without tls-sll --abreast 0, --abreast is 0",
    "--without tls-sll --abreast 63, --abreast is 63",
    "--without tls-sll --forks 101, --forks is 101",
    "--without tls-sll --rounds 0, --rounds is 0",
    "--without tls-sll --threshold -1, --threshold is -1",
    "--without tls-sll --trace lau, did you mean 'lua'",
    "--without tls-sll --out best, ends with .toml",
    "--without tls-sll --out /no/such/best.toml, no such",
    "--without tls-sll --json /no/such/best.json, no such",
    "--without tls-sll --resume /no/such/best.jsonl, no such"
  })
  void badInputIsRefused(String arguments, String message) {
    Cli.Result result = sweep(arguments);
    assertEquals(2, result.exitCode(), result.err());
    assertEquals("", result.out());
    assertTrue(result.err().contains(message), result.err());
  }

  @Test
  void tooManyCombinationsAreCounted() {
    String values = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17";
    Cli.Result result =
        sweep("--set box.tls-sll.capacity=" + values + " --set stack.threads=" + values);
    assertEquals(2, result.exitCode());
    assertEquals(
        List.of("hak: that makes 289 combinations; at most 256 are searched"), result.errLines());
    String many = " --without tls-sll".repeat(70);
    assertTrue(sweep(many.strip()).err().contains("1,180,591,620,717,411,303,424 combinations"));
  }

  @Test
  void aFileOfAnotherComparisonIsRefused() throws IOException {
    Path file = folder.resolve("sweep.jsonl");
    Files.writeString(file, "{}\n");
    Cli.Result result = sweep("--without tls-sll --workload fixed-64 --resume " + file);
    assertEquals(2, result.exitCode(), result.err());
    assertTrue(result.err().contains("is of another comparison"), result.err());
    assertFalse(Files.readString(file).contains("candidates"));
  }
}
