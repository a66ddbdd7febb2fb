package hak.cli.measure;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.bench.latency.LatencyReport;
import hak.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyCommandTest {
  @TempDir private Path folder;

  @Test
  void printsPercentilesAndTheSlowestCalls() throws IOException {
    Path json = folder.resolve("latency.json");
    Cli.Result result =
        hak(
            "latency",
            "--workload",
            "random-mixed:steps=20000",
            "--rounds",
            "2",
            "--trim",
            "--json",
            json.toString());
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().startsWith("profile default, "), result.out());
    assertTrue(
        result.out().lines().anyMatch(line -> line.matches("malloc to 64 B +([\\d,]+ *){7}")),
        result.out());
    assertTrue(
        result.out().lines().anyMatch(line -> line.matches("no allocator +([\\d,]+ *){7}")),
        result.out());
    JsonObject run =
        JsonParser.parseString(Files.readString(json))
            .getAsJsonObject()
            .getAsJsonArray("runs")
            .get(0)
            .getAsJsonObject();
    JsonArray classes = run.getAsJsonArray("classes");
    assertTrue(classes.size() > run.getAsJsonArray("bands").size());
    assertEquals(10, run.getAsJsonArray("worst").size());
  }

  @Test
  void saysWhatASlowCallDid() {
    assertEquals(
        "a cache alone",
        LatencyTables.text(new LatencyReport.Cause(0, 0, 0, 0, 0, 0, -64, 0, 0, true)));
    assertEquals(
        "a tier, nothing else",
        LatencyTables.text(new LatencyReport.Cause(0, 0, 0, 0, 0, 0, 0, 0, 0, false)));
    assertEquals(
        "grew by 2 MiB, 1 system call, 3 page faults, 1 page claimed, 4032 B into caches, took in"
            + " 128 B freed by others, 1 interruption",
        LatencyTables.text(new LatencyReport.Cause(1, 3, 0, 1, 2 << 20, 1, 4032, -128, 0, false)));
    assertEquals(
        "2 pages released, 4 KiB out of caches, 64 B to their owners, gave 128 KiB back, 2 waits",
        LatencyTables.text(
            new LatencyReport.Cause(0, 0, 2, 0, 0, -2, -4096, 64, 128 << 10, false)));
  }

  @Test
  void refusesWhatItCannotDo() {
    assertEquals(2, hak("latency", "--rounds", "0").exitCode());
    assertEquals(2, hak("latency", "--workload", "fixed").exitCode());
  }
}
