package hak.cli.measure;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.cli.Cli;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadsCommandTest {
  @Test
  void namesAllWithTheirParameters() {
    Cli.Result result = hak("workloads");
    assertEquals(0, result.exitCode(), result.err());
    for (String part :
        List.of("larson", "remote-PERCENT", "fixed-SIZE", "1 threads .. 64 threads")) {
      assertTrue(result.out().contains(part), part + " in " + result.out());
    }
  }

  @Test
  void jsonHasRangesAndDefaults() {
    Cli.Result result = hak("workloads", "--json", "-");
    JsonObject first =
        JsonParser.parseString(result.out())
            .getAsJsonObject()
            .getAsJsonArray("workloads")
            .get(0)
            .getAsJsonObject();
    assertEquals("random-mixed", first.get("name").getAsString());
    JsonObject threads = first.getAsJsonArray("parameters").get(0).getAsJsonObject();
    assertEquals("threads", threads.get("name").getAsString());
    assertEquals(1, threads.get("min").getAsLong());
    assertEquals(1, threads.get("default").getAsLong());
  }
}
