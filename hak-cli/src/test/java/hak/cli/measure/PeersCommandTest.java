package hak.cli.measure;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.bench.Change;
import hak.bench.PeerReport;
import hak.cli.Cli;
import hak.cli.output.Page;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** Of the two commands that compare in processes of their own. */
class PeersCommandTest {
  @Test
  void comparesWithMallocCalledFromJava() {
    Cli.Result result = hak("peers", "--workload", "fixed-64", "--rounds", "1", "--json", "-");
    assertEquals(0, result.exitCode(), result.err());
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    assertEquals("default", json.get("profile").getAsString());
    JsonObject row = json.getAsJsonArray("rows").get(0).getAsJsonObject();
    assertEquals("fixed-64", row.get("workload").getAsString());
    assertTrue(row.getAsJsonArray("peers").size() >= 1, result.out());
  }

  @Test
  void theFastestStandsOut() {
    PeerReport.Comparison slower = comparison("glibc", 12);
    PeerReport.Comparison fastest = comparison("mimalloc", 7);
    PeerReport.Row row =
        new PeerReport.Row("fixed-64", 1, cost(9), List.of(slower, fastest), 1, "f00d", 0, 3, 1);
    StringWriter out = new StringWriter();
    new PeersCommand()
        .print(
            new PeerReport("default", "25", 1, 1, 1, List.of(row), List.of(), List.of()),
            new Page(new PrintWriter(out), Ansi.ON));
    List<String> painted =
        out.toString().lines().filter(line -> line.contains("\u001B[32m")).toList();
    assertEquals(1, painted.size(), out.toString());
    assertTrue(painted.getFirst().contains("mimalloc"), painted.getFirst());
    assertTrue(painted.getFirst().contains("7.00"), painted.getFirst());
  }

  private static PeerReport.Comparison comparison(String peer, double nanos) {
    return new PeerReport.Comparison(peer, cost(nanos), null, null, Change.WITHIN_NOISE);
  }

  private static PeerReport.Cost cost(double nanos) {
    return new PeerReport.Cost(nanos, nanos, 2, null, List.of(nanos), List.of(2.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "peers --forks 0",
        "peers --threads 0",
        "peers --workload larson:slots=0",
        "peers --workload remote-101",
        "peers --trace lau",
        "peers --profile defalt",
        "peers --also netty",
        "peers --json /no/such/folder/peers.json",
        "compose --rounds 0",
        "compose --forks 0",
        "compose --profile defalt",
        "compose --json /no/such/folder/compose.json"
      })
  void badInputIsRefused(String arguments) {
    Cli.Result result = hak(Pattern.compile(" ").split(arguments, -1));
    assertEquals(2, result.exitCode(), result.err());
    assertEquals("", result.out());
    assertTrue(result.errLines().size() <= 2, result.err());
  }
}
