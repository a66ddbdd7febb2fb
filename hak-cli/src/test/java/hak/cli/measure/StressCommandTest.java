package hak.cli.measure;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.bench.stress.report.StressReport;
import hak.cli.Cli;
import hak.cli.output.Page;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

class StressCommandTest {
  @TempDir private Path folder;

  private static Cli.Result stress(String... further) {
    List<String> args = new ArrayList<>(List.of("stress", "--close", "between", "--seed", "42"));
    args.addAll(List.of("--round", "50ms", "--threads", "2", "--memory", "64MiB"));
    args.addAll(List.of(further));
    return hak(args.toArray(String[]::new));
  }

  @Test
  void printsWhatWasDone() {
    Cli.Result result = stress("--rounds", "3");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.err());
    assertTrue(result.out().contains(", 2 threads, seed 42, "), result.out());
    assertTrue(result.out().matches("(?s).*quiet rounds +3\n.*"), result.out());
    assertTrue(result.out().matches("(?s).*malloc +[1-9].*"), result.out());
    assertTrue(result.out().endsWith("all checks held: yes\n"), result.out());
  }

  @Test
  void jsonOnStandardOutputIsAlone() throws IOException {
    Path profile = Files.writeString(folder.resolve("mine.toml"), "extends = \"bare\"\n");
    Cli.Result result =
        stress("--minutes", "0.001", "--profile", "pow2", profile.toString(), "--json", "-");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.err());
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertEquals("[\"pow2\",\"mine\"]", json.get("profiles").toString());
    assertEquals(42, json.get("seed").getAsLong());
    assertTrue(
        json.getAsJsonObject("counts").getAsJsonObject("operations").get("malloc").getAsLong() > 0);
    assertTrue(json.getAsJsonArray("failures").isEmpty());
    assertTrue(json.get("peakResidentBytes").getAsLong() > 1 << 20);
  }

  private static StressReport report(List<StressReport.Failure> failures, String stacks) {
    StressReport.Counts none = new StressReport.Counts(Map.of(), Map.of(), 0, 0, 0, 0, 0, 0, 0);
    return new StressReport(1, List.of("bare"), 2, "25", "Copy", 1, 0, none, failures, stacks);
  }

  private static StressReport.Failure failure(long seed) {
    return new StressReport.Failure(
        seed, "racing", "bare", "platform-1", "a block is gone", List.of("at Somewhere"));
  }

  private static String failuresOf(StressReport report) {
    StringWriter err = new StringWriter();
    StressTables.printFailures(report, new Page(new PrintWriter(err), Ansi.OFF));
    return err.toString();
  }

  @Test
  void aFailureIsPrintedWithAllThatRepeatsIt() {
    StressReport report = report(List.of(failure(4711)), null);
    assertEquals(
        """
        hak: round of seed 4711 (racing, profile bare; 25, Copy): platform-1: a block is gone
            at Somewhere
        """,
        failuresOf(report));
    assertEquals(1, new StressCommand().exitCode(report));
  }

  @Test
  void manyFailuresAreCounted() {
    List<StressReport.Failure> failures = new ArrayList<>();
    for (int seed = 0; seed < 30; seed++) {
      failures.add(failure(seed));
    }
    String printed = failuresOf(report(failures, null));
    assertTrue(printed.endsWith("hak: and 20 more\n"), printed);
    assertTrue(printed.contains("seed 9 ") && !printed.contains("seed 10 "), printed);
  }

  @Test
  void aHangIsPrintedWithAllStacksAndHasAnExitCodeOfItsOwn() {
    StressReport report = report(List.of(failure(1)), "the stacks of all threads");
    assertTrue(failuresOf(report).endsWith("the stacks of all threads\n"));
    assertEquals(5, new StressCommand().exitCode(report));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rounds 0",
        "--rounds 1 --minutes 1",
        "--minutes 0",
        "--minutes -1",
        "--minutes NaN",
        "--minutes 1e300",
        "--threads 0",
        "--threads 1001",
        "--seed one",
        "--close later",
        "--memory 1MiB",
        "--memory 7apples",
        "--round 0s",
        "--patience 0s",
        "--patience long",
        "--profile defalt",
        "--profile /no/such/file.toml",
        "something"
      })
  void badInputIsRefused(String arguments) {
    Cli.Result result = hak(Pattern.compile(" ").split("stress " + arguments, -1));
    assertEquals(2, result.exitCode(), result.err());
    assertEquals("", result.out());
    assertTrue(result.errLines().size() <= 2, result.err());
    assertFalse(result.err().contains("\tat "), result.err());
  }

  @Test
  void theErrorsOfAllProfilesAreSaid() {
    List<String> errors = hak("stress", "--profile", "defalt", "bare", "bar").errLines();
    assertEquals(2, errors.size(), errors.toString());
    assertTrue(errors.getFirst().contains("defalt"), errors.toString());
    assertTrue(errors.getLast().contains("profile bar:"), errors.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "--rounds, 0, rounds is 0; it must be 1 or more",
    "--minutes, -1, minutes is -1.0; it must be",
    "--close, later, close is 'later'; it must be one of racing",
    "--round, 0s, round is less than a millisecond",
    "--memory, 1MiB, memory: \"1MiB\" is not allowed: an amount"
  })
  void errorsNameTheOption(String option, String value, String message) {
    String err = hak("stress", option, value).err();
    assertTrue(err.startsWith("hak: --" + message), err);
  }
}
