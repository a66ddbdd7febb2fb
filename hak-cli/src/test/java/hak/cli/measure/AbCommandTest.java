package hak.cli.measure;

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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AbCommandTest {
  @TempDir private Path folder;

  @Test
  void comparesAProfileWithAChangeOfIt() throws IOException {
    Path html = folder.resolve("ab.html");
    Cli.Result result =
        hak(
            Pattern.compile(" ")
                .split(
                    "ab --swap tls-sll=ring-cache --workload fixed-64 --forks 1 --rounds 1 --json -"
                        + " --html "
                        + html,
                    -1));
    assertEquals(0, result.exitCode(), result.err());
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertTrue(json.get("complete").getAsBoolean());
    JsonObject comparison = json.getAsJsonArray("comparisons").get(0).getAsJsonObject();
    assertEquals("default tls-sll=ring-cache", comparison.get("name").getAsString());
    assertEquals(
        "NEUTRAL", comparison.getAsJsonObject("time").get("verdict").getAsString(), result.out());
    String page = Files.readString(html);
    for (String part : List.of("fixed-64", "<svg", "ring-cache", "prefers-color-scheme: dark")) {
      assertTrue(page.contains(part), part);
    }
    assertFalse(page.contains("http"), "needs the network");
    PhoneBrowser.plotsOf(page, folder).ifPresent(plots -> assertTrue(plots > 0, "plots"));
  }

  @ParameterizedTest
  @CsvSource({
    "--without ss-reus, did you mean 'ss-reuse'?",
    "--swap tls-sl=ring-cache, did you mean 'tls-sll'?",
    "--swap tls-sll=ring-cach, did you mean 'ring-cache'?",
    "--swap tls-sll, is not BOX=BOX",
    "--add nop, did you mean 'noop'?",
    "--add noop@3, the last is 2",
    "--set box.tls-sll.capcity=3, did you mean 'capacity'?",
    "--set box.tls-sll.capacity=0, 0 is not allowed",
    "--set stack.regon=1, did you mean 'region'?",
    "--set stack.region=1, stack.region: 1 is not allowed",
    "--set capacity=1, is not box.BOX.OPTION"
  })
  void aChangeThatCannotBeIsRefused(String arguments, String message) {
    Cli.Result result = hak(Pattern.compile(" ").split("ab " + arguments, -1));
    assertEquals(2, result.exitCode(), result.err());
    assertEquals("", result.out());
    assertEquals(1, result.errLines().size(), result.err());
    assertTrue(result.err().contains(message), result.err());
  }

  @Test
  void aFileOfAnotherComparisonIsRefused() throws IOException {
    Path file = folder.resolve("ab.jsonl");
    Files.writeString(file, "{}\n");
    Cli.Result result = hak("ab", "default", "bare", "--resume", file.toString());
    assertEquals(2, result.exitCode(), result.err());
    assertTrue(result.err().contains("is of another comparison"), result.err());
    assertEquals("{}\n", Files.readString(file));
    assertEquals(
        2, hak("ab", "default", "bare", "--resume", folder.resolve("a/b").toString()).exitCode());
  }

  @Test
  void allErrorsAreToldAtOnce() {
    Cli.Result result =
        hak("ab", "--without", "a", "--add", "b", "--set", "box.tls-sll.capacity=0,-1");
    assertEquals(2, result.exitCode());
    assertEquals(4, result.errLines().size(), result.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "default",
        "default bare --without ss-reuse",
        "default bare pow2 --without ss-reuse",
        "default bar",
        "default bare --forks 0",
        "default bare --forks 101",
        "default bare --rounds 0",
        "default bare --threshold -1",
        "default bare --trace lau",
        "default bare --html /no/such/folder/ab.html",
        "default bare --json /no/such/folder/ab.json"
      })
  void badInputIsRefused(String arguments) {
    Cli.Result result = hak(Pattern.compile(" ").split(("ab " + arguments).strip(), -1));
    assertEquals(2, result.exitCode(), result.err());
    assertEquals("", result.out());
    assertTrue(result.errLines().size() <= 2, result.err());
  }
}
