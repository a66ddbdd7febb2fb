package hak.cli.measure;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {
  @TempDir private Path folder;

  @Test
  void printsTablesForEachWorkload() {
    Cli.Result result = hak("run", "--trace", "lua", "--workload", "fixed-64", "--rounds", "1");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.err());
    assertTrue(result.out().startsWith("profile default, "), result.out());
    for (String part :
        new String[] {"trace:lua", "fixed-64", "median", "page faults", "tiny", "committed"}) {
      assertTrue(result.out().contains(part), part + " in " + result.out());
    }
  }

  @Test
  void timesThatWereKeptAreABaseline() {
    String kept = folder.resolve("kept.jsonl").toString();
    String[] run = {"run", "--workload", "fixed-64:steps=20000", "--rounds", "2"};
    Cli.Result first = hak(withMore(run, "--save", kept));
    assertEquals(0, first.exitCode(), first.err());
    assertFalse(first.out().contains("\nbaseline "), first.out());
    Cli.Result second = hak(withMore(run, "--baseline", kept));
    assertEquals(0, second.exitCode(), second.err());
    assertTrue(
        second.out().lines().anyMatch(line -> line.matches("fixed-64\\S+ +HAK .* within noise")),
        second.out());
    assertEquals(2, hak(withMore(run, "--baseline", kept + ".none.jsonl")).exitCode());
    assertEquals(2, hak(withMore(run, "--baseline", "a b")).exitCode());
  }

  private static String[] withMore(String[] words, String... more) {
    return Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void aTraceHasItsOwnThreads() {
    Cli.Result result =
        hak(
            "run",
            "--trace",
            "jvm-javac",
            "--own-threads",
            "--rounds",
            "1",
            "--verify",
            "--json",
            "-");
    assertEquals(0, result.exitCode(), result.err());
    JsonObject run =
        JsonParser.parseString(result.out())
            .getAsJsonObject()
            .getAsJsonArray("runs")
            .get(0)
            .getAsJsonObject();
    assertEquals("trace:jvm-javac/threads", run.get("workload").getAsString());
    assertTrue(run.get("threads").getAsInt() > 1);
    assertTrue(run.get("remoteShare").getAsDouble() > 0);
    assertTrue(run.get("verified").getAsBoolean());
    assertEquals(2, hak("run", "--own-threads", "--threads", "2").exitCode());
  }

  @Test
  void threadsThatMeetAreMeasuredAndVerified() {
    Cli.Result result =
        hak(
            "run",
            "--workload",
            "remote-50:steps=50000",
            "--rounds",
            "1",
            "--verify",
            "--json",
            "-");
    assertEquals(0, result.exitCode(), result.err());
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    JsonObject run = json.getAsJsonArray("runs").get(0).getAsJsonObject();
    assertEquals(2, run.get("threads").getAsInt());
    assertEquals(0.5, run.get("remoteShare").getAsDouble(), 0.05);
    assertTrue(run.get("verified").getAsBoolean());
  }

  @Test
  void theThreadsOfACommandAreThoseOfItsWorkloads() {
    Cli.Result result =
        hak(
            Pattern.compile(" ")
                .split(
                    "run --workload larson:replacements=20000 fixed-64:steps=20000,threads=1"
                        + " --threads 3 --rounds 1",
                    -1));
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(
        result.out().lines().anyMatch(line -> line.matches("larson:\\S+ +3 .*")), result.out());
    assertTrue(
        result.out().lines().anyMatch(line -> line.matches("fixed-64:\\S+ +1 .*")), result.out());
  }

  @Test
  void jsonOnStandardOutputIsAlone() {
    Cli.Result result =
        hak("run", "--trace", "lua", "--rounds", "1", "--verify", "--threads", "2", "--json", "-");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.err());
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertEquals("default", json.get("profile").getAsString());
    JsonObject run = json.getAsJsonArray("runs").get(0).getAsJsonObject();
    assertEquals("trace:lua", run.get("workload").getAsString());
    assertEquals(2, run.get("threads").getAsInt());
    assertTrue(run.get("verified").getAsBoolean());
  }

  @Test
  void csvOnStandardOutputIsAlone() {
    Cli.Result result = hak("run", "--trace", "lua", "--rounds", "1", "--hits-csv", "-");
    assertEquals(0, result.exitCode(), result.err());
    List<String> lines = result.out().lines().toList();
    assertEquals("workload,layer,class bytes,pops,hits,hit rate,pushes,accepted", lines.getFirst());
    assertTrue(lines.size() > 10, result.out());
    for (String line : lines.subList(1, lines.size())) {
      assertTrue(
          line.matches("trace:lua,[a-z-]+,\\d+,\\d+,\\d+,(0\\.\\d+|1\\.0+)?,\\d+,\\d+"), line);
    }
  }

  @Test
  void jsonAndCsvDoNotShareStandardOutput() {
    Cli.Result result = hak("run", "--json", "-", "--hits-csv", "-");
    assertEquals(2, result.exitCode());
    assertEquals("", result.out());
    assertTrue(result.err().contains("--hits-csv: standard output is for the JSON"), result.err());
  }

  @Test
  void aBoxThatIsTakenOutIsNoLayerAndCsvInAFileLeavesTheTables() throws IOException {
    Path file = folder.resolve("hits.csv");
    String arguments = "run --workload fixed-64 --rounds 1 --without tls-sll --hits-csv " + file;
    Cli.Result result = hak(arguments.split(" ", -1));
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().startsWith("profile default -tls-sll, "), result.out());
    String hits = result.out().substring(result.out().indexOf("hits / accepted"));
    assertFalse(hits.contains("tls-sll"), hits);
    assertTrue(Files.readString(file).contains("\nfixed-64,tiny,64,"), Files.readString(file));
  }

  @Test
  void aBoxThatIsNotThereNamesTheNearest() {
    Cli.Result result = hak("run", "--without", "tls-sl");
    assertEquals(2, result.exitCode());
    assertEquals("", result.out());
    assertEquals(
        "hak: --without: profile 'default' has no box 'tls-sl'; did you mean 'tls-sll'?",
        result.errLines().getFirst());
  }

  @Test
  void whatCannotBeLeftOutIsSaid() {
    Cli.Result result = hak("run", "--profile", "bare", "--without", "tiny", "--without", "mid");
    assertEquals(2, result.exitCode(), result.err());
    assertTrue(result.err().startsWith("bare -tiny -mid: stack.tiers"), result.err());
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedBeforeTheRun() {
    Path file = folder.resolve("missing/run.json");
    Cli.Result result = hak("run", "--rounds", "1000000", "--json", file.toString());
    assertEquals(2, result.exitCode());
    assertEquals("", result.out());
    assertTrue(result.err().contains("cannot write " + file), result.err());
  }

  @Test
  void aRefusedRunLeavesNoFileBehind() {
    Path file = folder.resolve("run.json");
    assertEquals(2, hak("run", "--threads", "0", "--json", file.toString()).exitCode());
    assertFalse(Files.exists(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--threads 0",
        "--rounds -1",
        "--rounds many",
        "--trace lau",
        "--trace",
        "--workload random-mixd",
        "--workload fixed-0",
        "--workload fixed-banana",
        "--workload larson:slots=0",
        "--workload larson:slot=5",
        "--workload larson:slots=5,slots=6",
        "--workload larson:min=2000",
        "--workload larson --threads 65",
        "--workload remote-101",
        "--profile defalt",
        "--profile /no/such/file.toml",
        "something"
      })
  void badInputIsRefusedWithoutAStackTrace(String arguments) {
    Cli.Result result = hak(Pattern.compile(" ").split("run " + arguments, -1));
    assertEquals(2, result.exitCode(), result.err());
    assertEquals("", result.out());
    assertTrue(result.errLines().size() <= 2, result.err());
    assertFalse(result.err().contains("\tat "), result.err());
  }

  @Test
  void aMistypedTraceNamesTheNearest() {
    assertTrue(hak("run", "--trace", "lau").err().contains("did you mean 'lua'?"));
  }

  @Test
  void aDamagedTraceIsBadInputWithTheOffset() throws IOException {
    Path trace = Files.writeString(folder.resolve("damaged.hkt"), "this is no trace at all");
    Cli.Result result = hak("run", "--trace", "lua", trace.toString());
    assertEquals(2, result.exitCode());
    assertEquals("", result.out());
    assertEquals(1, result.errLines().size(), result.err());
    assertTrue(result.err().startsWith(trace + ": byte "), result.err());
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aTraceThatCanBeReadOnlyOnceIsBadInput() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe.hkt");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Cli.Result result = hak("run", "--trace", pipe.toString());
    assertEquals(2, result.exitCode());
    assertTrue(result.err().startsWith(pipe + ": can be read only once"), result.err());
  }

  @Test
  void aTraceThatIsNotThereIsBadInput() {
    Path trace = folder.resolve("none.hkt.gz");
    Cli.Result result = hak("run", "--trace", trace.toString());
    assertEquals(2, result.exitCode());
    assertTrue(result.err().startsWith(trace + ": "), result.err());
  }

  @Test
  void aFolderIsNoPlaceForJson() {
    Cli.Result result = hak("run", "--json", folder.toString());
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains(folder + ": Is a directory"), result.err());
  }

  @Test
  void runningOutOfMemoryIsAFailureOfOneLine() throws IOException {
    Path profile =
        Files.writeString(
            folder.resolve("small.toml"),
            """
            name = "small"
            extends = "bare"

            [stack]
            region = "64 MiB"
            """);
    Cli.Result result = hak("run", "--profile", profile.toString(), "--trace", "node");
    assertEquals(1, result.exitCode());
    assertEquals("", result.out());
    assertEquals(1, result.errLines().size(), result.err());
    assertTrue(result.err().startsWith("hak: out of memory: allocator 'small'"), result.err());
  }
}
