package hak.bench.ab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.bench.Workload;
import hak.bench.peer.Match;
import hak.core.Hak;
import hak.core.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbLogTest {
  private static final Profile BASE = Hak.profile("default");
  private static final List<Profile> CHANGED = List.of(Hak.profile("bare"));
  private static final List<Workload> WORKLOADS =
      List.of(Workload.synthetic("fixed-64"), Workload.synthetic("larson"));

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("ab.jsonl");
  }

  private AbLog open(int rounds) throws IOException {
    return AbLog.open(file(), BASE, CHANGED, WORKLOADS, rounds);
  }

  private static Match.Fork fork(double nanos) {
    return new Match.Fork(
        List.of(List.of(nanos, 2.0), List.of(3.0, 4.5)), Arrays.asList(1L << 40, null), -5);
  }

  @Test
  void forksThatAreOverAreThereWhenItGoesOn() throws IOException {
    AbLog first = open(2);
    first.add("fixed-64", fork(1));
    first.add("larson", fork(2));
    first.add("fixed-64", fork(3));
    AbLog second = open(2);
    assertEquals(List.of(fork(1), fork(3)), second.forks("fixed-64"));
    assertEquals(List.of(fork(2)), second.forks("larson"));
    assertEquals(List.of(), second.forks("none"));
  }

  @Test
  void partsHaveForksOfTheirOwnInOneFile() throws IOException {
    AbLog first = open(2);
    first.add("larson", fork(1));
    first.part("0 1").add("larson", fork(2));
    first.part("0").add("larson", fork(3));
    AbLog second = open(2);
    assertEquals(List.of(fork(1)), second.forks("larson"));
    assertEquals(List.of(fork(2)), second.part("0 1").forks("larson"));
    assertEquals(List.of(fork(3)), second.part("0").forks("larson"));
    assertEquals(List.of(), second.part("1").forks("larson"));
    AbLog.NONE.part("0").add("larson", fork(1));
    assertEquals(List.of(), AbLog.NONE.part("0").forks("larson"));
  }

  /** As another JVM writes it, which has the values of maps that do not change in its own order. */
  @Test
  void theOrderOfValuesDoesNotMatter() throws IOException {
    open(2).add("larson", fork(2));
    List<String> lines = Files.readAllLines(file());
    String turned = turned(JsonParser.parseString(lines.getFirst())).toString();
    assertNotEquals(lines.getFirst(), turned);
    Files.write(file(), List.of(turned, lines.getLast()));
    assertEquals(List.of(fork(2)), open(2).forks("larson"));
  }

  private static JsonElement turned(JsonElement element) {
    if (element.isJsonArray()) {
      JsonArray array = new JsonArray();
      element.getAsJsonArray().forEach(each -> array.add(turned(each)));
      return array;
    }
    if (!element.isJsonObject()) {
      return element;
    }
    JsonObject object = new JsonObject();
    List.copyOf(element.getAsJsonObject().entrySet())
        .reversed()
        .forEach(entry -> object.add(entry.getKey(), turned(entry.getValue())));
    return object;
  }

  @Test
  void halfALineIsCutOff() throws IOException {
    open(2).add("larson", fork(2));
    String whole = Files.readString(file());
    Files.writeString(file(), "{\"workload\":\"lar", StandardOpenOption.APPEND);
    assertEquals(List.of(fork(2)), open(2).forks("larson"));
    assertEquals(whole, Files.readString(file()));
  }

  @Test
  void anotherComparisonIsRefused() throws IOException {
    open(2);
    String message = assertThrows(IllegalArgumentException.class, () -> open(3)).getMessage();
    assertTrue(message.contains("ab.jsonl is of another comparison"), message);
    assertThrows(
        IllegalArgumentException.class,
        () -> AbLog.open(file(), BASE, List.of(BASE), WORKLOADS, 2));
    Files.writeString(file(), "{}\n", StandardOpenOption.APPEND);
    assertEquals(
        file() + ", line 2: not a fork",
        assertThrows(IllegalArgumentException.class, () -> open(2)).getMessage());
  }
}
