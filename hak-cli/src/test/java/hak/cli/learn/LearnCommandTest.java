package hak.cli.learn;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.cli.Cli;
import hak.cli.html.PhoneBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearnCommandTest {
  private static Cli.Result fine(String... command) {
    Cli.Result result = hak(command);
    assertEquals(0, result.exitCode(), result.err());
    return result;
  }

  private static JsonObject json(String... command) {
    return JsonParser.parseString(fine(command).out()).getAsJsonObject();
  }

  private static boolean hasLine(Cli.Result result, String pattern) {
    return result.out().lines().anyMatch(line -> line.matches(pattern));
  }

  @Test
  void whatIfShowsCapacitiesAndThePlan() {
    Cli.Result result = fine("what-if", "default", "--trace", "jvm-javac");
    assertTrue(hasLine(result, "trace:jvm-javac, size classes of profile default: .*"));
    assertTrue(hasLine(result, " *none +0\\.0 % +0\\.0 % +0"), result.out());
    assertTrue(hasLine(result, " *32 .* as in the profile, beyond the budget"), result.out());
    assertTrue(hasLine(result, "within 1,048,576 bytes: best .*"), result.out());
    assertTrue(hasLine(result, " *64 +[\\d,]+ +[\\d,]+ +[\\d.]+ % +[\\d,]+"), result.out());
  }

  @Test
  void whatIfWritesAProfileThatOpens(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("planned.toml");
    fine("what-if", "--trace", "jvm-javac", "--budget", "64KiB", "--out", file.toString());
    String text = Files.readString(file);
    assertTrue(text.startsWith("# box.tls-sll.capacities: of "), text);
    assertTrue(text.contains("name = \"planned\""), text);
    fine("profile", "check", file.toString());
  }

  @Test
  void learnExplainsAndWritesAProfileThatOpens(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("learned.toml");
    Cli.Result result = fine("learn", "bare", "--trace", "jvm-javac", "--out", file.toString());
    assertTrue(
        hasLine(
            result,
            "box.tls-sll.capacity: tls-sll of \\d+, was no tls-sll: cost [\\d.]+ % of that without"
                + " a cache, .*"));
    assertTrue(hasLine(result, "stack.tiers: tiny, .*"), result.out());
    assertTrue(hasLine(result, "tier.mid.extra-classes: .*"), result.out());
    assertTrue(hasLine(result, " *64 +tiny +[\\d,]+ +[a-z]+ \\d+ % +free hits .*"), result.out());
    assertTrue(hasLine(result, " *\\d+ +CANARY +\\d+ +proposed for 3 windows.*"), result.out());
    String text = Files.readString(file);
    assertTrue(text.startsWith("# box.tls-sll.capacity: trace:jvm-javac: tls-sll of"), text);
    fine("profile", "check", file.toString());
  }

  @Test
  void jsonHasEveryArmAndStep() {
    JsonObject learned = json("learn", "--trace", "jvm-javac", "--windows", "10", "--json", "-");
    assertEquals(10, learned.get("windows").getAsInt());
    int won = 0;
    for (var arm : learned.getAsJsonArray("arms")) {
      won += arm.getAsJsonObject().get("windowsWon").getAsInt();
    }
    assertEquals(10, won);
    assertEquals(3, learned.getAsJsonArray("knobs").size());
    JsonObject knob = learned.getAsJsonArray("knobs").get(0).getAsJsonObject();
    assertEquals("tls-sll of 32", knob.get("was").getAsString());
    assertTrue(knob.get("why").getAsString().startsWith("cost "), knob.toString());
    assertTrue(learned.getAsJsonArray("classes").size() > 10);
    JsonObject first = learned.getAsJsonArray("steps").get(0).getAsJsonObject();
    assertEquals("LEARN", first.get("state").getAsString());
    JsonObject asked = json("what-if", "--workload", "fixed-64", "--json", "-");
    assertEquals("fixed-64", asked.get("workload").getAsString());
  }

  @Test
  void thePageNeedsNothingElseAndHasEveryCapacityAndDecision(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("learned.html");
    Cli.Result result = fine("learn", "--trace", "jvm-javac", "--html", file.toString());
    String page = Files.readString(file);
    for (String part :
        List.of(
            "Learned from trace:jvm-javac",
            "<polyline class=\"series-3\"",
            "no cache",
            "tls-sll of 128",
            ">LEARN</span>",
            ">FROZEN</span>",
            "CONVERGED",
            "prefers-color-scheme: dark",
            "width=device-width")) {
      assertTrue(page.contains(part), part);
    }
    assertFalse(page.contains("http"), "needs the network");
    PhoneBrowser.plotsOf(page, folder).ifPresent(plots -> assertTrue(plots > 0, "plots"));
    assertTrue(hasLine(result, "Cost of a call by window with tls-sll of 32, .*"), result.out());
  }

  @Test
  void curvesHaveEveryWindowOfEveryCapacity() {
    JsonObject learned =
        json("learn", "bare", "--trace", "jvm-javac", "--windows", "10", "--json", "-");
    JsonObject curves = learned.getAsJsonObject("curves");
    assertEquals(10, curves.get("counted").getAsInt());
    for (var curve : curves.getAsJsonArray("curves")) {
      var costs = curve.getAsJsonObject().getAsJsonArray("costs");
      assertTrue(costs.size() >= 20 && costs.size() % 10 == 0, costs.toString());
      boolean none = curve.getAsJsonObject().get("capacity").getAsInt() == 0;
      costs.forEach(cost -> assertTrue(!none || cost.getAsDouble() == 1, costs.toString()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "what-if, '(--trace=TRACE | --workload=NAME)'",
    "what-if --trace lau, did you mean 'lua'",
    "what-if --trace lua --budget -1, --budget",
    "what-if --trace lua --out plan, ends with .toml",
    "what-if --trace lua --out no/such/plan.toml, no such",
    "what-if no-such --trace lua, no-such",
    "learn --trace lua --windows 0, --windows is 0",
    "learn --trace lua --html no/such/page.html, no such",
    "learn --trace lua --workload larson, mutually exclusive"
  })
  void badInputIsRefused(String command, String reason) {
    Cli.Result result = hak(command.split(" "));
    assertEquals(2, result.exitCode(), result.out());
    assertTrue(result.err().contains(reason), result.err());
  }
}
