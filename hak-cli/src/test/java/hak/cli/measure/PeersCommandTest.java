package hak.cli.measure;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.cli.Cli;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "peers --forks 0",
        "peers --threads 0",
        "peers --trace lau",
        "peers --profile defalt",
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
