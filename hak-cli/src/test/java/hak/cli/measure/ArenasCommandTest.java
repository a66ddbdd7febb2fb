package hak.cli.measure;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArenasCommandTest {
  @Test
  void measuresEveryKindOfArena(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("arenas.json");
    Cli.Result result =
        hak(
            "arenas",
            "--segments",
            "2",
            "--forks",
            "1",
            "--rounds",
            "1",
            "--json",
            file.toString());
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(
        result.out().lines().anyMatch(line -> line.matches("hak confined +[\\d.,]+")),
        result.out());
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    Set<String> kinds = new TreeSet<>();
    for (JsonElement row : json.getAsJsonArray("rows")) {
      JsonArray nanos = row.getAsJsonObject().getAsJsonArray("nanosPerScope");
      assertEquals(1, nanos.size());
      nanos.forEach(figure -> assertTrue(figure.getAsDouble() > 0, result.out()));
      kinds.add(row.getAsJsonObject().get("arena").getAsString());
    }
    assertEquals(16, kinds.size(), "eight kinds, as they stand and escaping");
    assertTrue(
        kinds.containsAll(Set.of("jdk confined", "hak deferred, escaping")), kinds::toString);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertEquals(2, hak("arenas", "--segments", "2", "--forks", "0").exitCode());
    for (String count : List.of("0", "10001", "1,20000")) {
      Cli.Result result = hak("arenas", "--segments", count, "--forks", "1");
      assertEquals(2, result.exitCode(), result.err());
      assertTrue(result.err().contains("; 1 to 10000"), result.err());
    }
  }
}
