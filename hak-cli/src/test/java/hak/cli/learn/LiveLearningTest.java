package hak.cli.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.bench.live.LiveSample;
import hak.bench.live.LiveStep;
import hak.cli.Cli;
import hak.cli.html.PhoneBrowser;
import hak.cli.output.Page;
import hak.core.Policy;
import hak.core.profile.Profile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

/** {@code hak learn --minutes}: learners watched while they set a stack. */
class LiveLearningTest {
  private static final String LARGE = "phases:phases=1,first=4,steps=20000";

  /** Learners that look a hundred times a second. */
  private static final String QUICK =
      """
      name = "quick"
      extends = "default"
      [stack]
      learners = ["purge-delay", "cap"]
      purge-delay = "20 ms"
      budget = "16 MiB"
      [box.purge-delay]
      window = "10 ms"
      least = "10 ms"
      [box.cap]
      window = "10 ms"
      """;

  @TempDir private Path folder;

  private String quick() throws IOException {
    return Files.writeString(folder.resolve("quick.toml"), QUICK).toString();
  }

  private static Cli.Result fine(String... command) {
    Cli.Result result = Cli.hak(command);
    assertEquals(0, result.exitCode(), result.err());
    return result;
  }

  private static boolean hasLine(String text, String pattern) {
    return text.lines().anyMatch(line -> line.matches(pattern));
  }

  @Test
  void linesTellWhatHappensAndTablesWhatCameOut() throws IOException {
    String out = fine("learn", quick(), "--workload", LARGE, "--minutes", "0.03").out();
    assertTrue(
        hasLine(
            out,
            " *\\d\\.\\d +[\\d,]+ +\\d+ +0 +[\\d.]+ % +[\\d.]+ MiB +[\\d.]+ M/s "
                + " stack.budget-superslabs \\d+ %, stack.purge-delay \\d+ ms"),
        out);
    assertTrue(hasLine(out, "purge-delay +10 ms +\\d+ +\\d+ +0 +[\\d.]+ %"), out);
    assertTrue(hasLine(out, "cap +10 ms +\\d+ +\\d+ +0 +[\\d.]+ %"), out);
    assertTrue(hasLine(out, "stack.purge-delay +\\d+ ms  (purge-delay  .+|the profile)"), out);
    assertTrue(hasLine(out, "stack.purge-delay: \\d+ ms +resident MiB: \\d+"), out);
    assertTrue(hasLine(out, "phases:.*, profile quick: 2 s, \\d+ decisions?"), out);
  }

  @Test
  void whatHoldsAtTheEndIsAProfileWithoutLearners() throws IOException {
    Path file = folder.resolve("learned.toml");
    String[] command = {
      "learn",
      quick(),
      "--workload",
      LARGE,
      "--minutes",
      "0.03",
      "--out",
      file.toString(),
      "--json",
      "-"
    };
    JsonObject live = JsonParser.parseString(fine(command).out()).getAsJsonObject();
    String text = Files.readString(file);
    assertTrue(text.contains("name = \"learned\""), text);
    assertTrue(text.contains("learners = []"), text);
    JsonObject delay = live.getAsJsonArray("settings").asList().getLast().getAsJsonObject();
    assertEquals("stack.purge-delay", delay.get("key").getAsString());
    assertTrue(text.contains("purge-delay = \"" + delay.get("value").getAsString() + "\""), text);
    boolean isLearned = !delay.get("reason").getAsString().isEmpty();
    assertEquals(isLearned, text.startsWith("# stack.purge-delay: purge-delay: "), text);
    fine("profile", "check", file.toString());
    assertEquals(2, live.getAsJsonArray("learners").size());
    assertTrue(live.get("complete").getAsBoolean());
    for (var sample : live.getAsJsonArray("samples")) {
      assertEquals(2, sample.getAsJsonObject().getAsJsonArray("values").size());
    }
  }

  @Test
  void thePageNeedsNothingElse() throws IOException {
    Path file = folder.resolve("live.html");
    String[] command = {
      "learn",
      "--learners",
      "cap",
      "--workload",
      "fixed-64",
      "--minutes",
      "0.005",
      "--html",
      file.toString()
    };
    String out = fine(command).out();
    assertTrue(hasLine(out, "note: cap had no window: its window is 1,000 ms, .*"), out);
    String page = Files.readString(file);
    for (String part :
        List.of(
            "Learners on fixed-64",
            "class=\"note\">cap had no window",
            "stack.budget-superslabs: 50 %",
            "<polyline class=\"series-0\"",
            "resident, MiB",
            "prefers-color-scheme: dark",
            "width=device-width")) {
      assertTrue(page.contains(part), part);
    }
    assertFalse(page.contains("stack.purge-delay"), "nobody turns it");
    assertFalse(page.contains("http"), "needs the network");
    PhoneBrowser.plotsOf(page, folder).ifPresent(plots -> assertTrue(plots > 1, "plots"));
  }

  /** What the stack cannot be set to is told, and is in the profile that is written. */
  @Test
  void whatIsAdvisedIsShownAndWritten() throws IOException {
    String profile =
        Files.writeString(
                folder.resolve("advised.toml"),
                """
                name = "advised"
                extends = "default"
                [stack]
                learners = ["dyn-class"]
                observers = ["size-sample"]
                [box.dyn-class]
                window = "10 ms"
                requests = 100
                [box.size-sample]
                interval = 1
                """)
            .toString();
    Path page = folder.resolve("advised.html");
    Path file = folder.resolve("next.toml");
    String[] command = {
      "learn",
      profile,
      "--workload",
      LARGE,
      "--minutes",
      "0.05",
      "--html",
      page.toString(),
      "--out",
      file.toString(),
      "--json",
      "-"
    };
    JsonObject live = JsonParser.parseString(fine(command).out()).getAsJsonObject();
    JsonObject advice = live.getAsJsonArray("advice").get(0).getAsJsonObject();
    assertEquals("tier.mid.extra-classes", advice.get("key").getAsString());
    assertEquals("none", advice.get("was").getAsString());
    String reason = advice.get("reason").getAsString();
    assertEquals(
        reason.isEmpty(),
        !Files.readString(file).startsWith("# tier.mid.extra-classes: dyn-class: "),
        reason);
    String html = Files.readString(page);
    assertTrue(html.contains("For the next stack"));
    PhoneBrowser.plotsOf(html, folder); // with its long values
    fine("profile", "check", file.toString());
    String out = fine("learn", profile, "--workload", LARGE, "--minutes", "0.02").out();
    assertTrue(hasLine(out, "for the next stack +now +advised +by +why"), out);
    assertTrue(hasLine(out, "tier.mid.extra-classes +none +.*"), out);
  }

  @Test
  void observersThatLearnersNeedAreThereForThemAlone() throws IOException {
    Path file = folder.resolve("next.toml");
    fine(
        "learn",
        "--learners",
        "dyn-class",
        "--workload",
        LARGE,
        "--minutes",
        "0.01",
        "--out",
        file.toString());
    assertTrue(Files.readString(file).contains("observers = []"));
  }

  @Test
  void aTerminalHasAPictureThatIsDrawnAnewAndTheTablesAfterIt() {
    Cli.Result result =
        Cli.hakOnTerminal(
            "learn", "--learners", "purge-delay", "--workload", LARGE, "--minutes", "0.02");
    assertEquals(0, result.exitCode(), result.err());
    String out = result.out();
    int begin = out.indexOf("\u001b[?1049h");
    int end = out.indexOf("\u001b[?1049l");
    assertTrue(begin == 0 && end > 0, out);
    assertTrue(out.substring(begin, end).contains("Ctrl-C ends it with what there is"), out);
    assertTrue(out.substring(begin, end).split("\u001b\\[H", -1).length > 2, "drawn twice");
    assertTrue(out.substring(end).contains("stack.purge-delay: 1000 ms"), out);
  }

  @Test
  void aDecisionIsALineOfItsOwn() {
    StringWriter text = new StringWriter();
    LiveLines lines = new LiveLines(new Page(new PrintWriter(text), Ansi.OFF));
    Policy policy =
        new Policy(
            1,
            Profile.ofTiers("p", List.of("tiny")),
            List.of(new Policy.Setting("stack.x", 2, "2 ms", "", "pupil", "because")),
            List.of(
                new Policy.Learner(
                    "pupil", List.of("stack.x"), List.of(), 10, 5, 1, 2, "a.B", 10_000_000)));
    LiveSample sample = new LiveSample(2, 1, 5, 10_000_000, 3 << 20, 1, List.of(2L));
    LiveStep step = new LiveStep(2, 1, "pupil", "stack.x", "1 ms", "2 ms", "because");
    lines.looked(List.of(sample), policy, List.of(step));
    lines.looked(List.of(sample), policy, List.of(step));
    assertEquals(
        List.of(
            "     2.0  pupil: stack.x 1 ms -> 2 ms: because",
            " seconds  windows  generation  failed  in windows     resident      calls  in force",
            "     2.0        5           1       2     0.500 %      3.0 MiB    0.0 M/s  stack.x 2"
                + " ms",
            "     2.0  pupil: stack.x 1 ms -> 2 ms: because"),
        text.toString().lines().toList());
  }

  @ParameterizedTest
  @CsvSource({
    "--minutes 0, --minutes is 0.0",
    "--minutes NaN, --minutes is NaN",
    "--minutes 1, 'profile ''default'' names no learner; --learners takes some of '",
    "--minutes 1 --windows 3, --windows and --minutes",
    "--minutes 1 --learners purge, '''purge'''",
    "--minutes 1 --learners tls-sll, '''tls-sll'''",
    "--minutes 1 --learners cap --out plan, ends with .toml",
    "--learners cap, --learners needs --minutes",
    "--cost, --cost needs --minutes"
  })
  void badInputIsRefused(String options, String reason) {
    Cli.Result result = Cli.hak(("learn --workload fixed-64 " + options).split(" "));
    assertEquals(2, result.exitCode(), result.out());
    assertTrue(result.err().contains(reason), result.err());
  }
}
