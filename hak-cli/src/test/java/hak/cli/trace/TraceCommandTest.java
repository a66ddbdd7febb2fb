package hak.cli.trace;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hak.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCommandTest {
  private static JsonObject info(String trace) {
    Cli.Result result = hak("trace", "info", trace, "--json", "-");
    assertEquals(0, result.exitCode(), result.err());
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }

  /** The figures of the README that came with the traces. */
  @Test
  void infoCountsAShippedTrace() {
    JsonObject info = info("jvm-javac");
    assertEquals(114_327, info.get("events").getAsLong());
    assertEquals(20, info.getAsJsonArray("threads").size());
    long counted = 0;
    for (String calls : new String[] {"mallocs", "callocs", "aligned", "frees", "reallocs"}) {
      counted += info.get(calls).getAsLong();
    }
    assertEquals(114_327, counted);
  }

  @Test
  void infoDrawsWhatIsAlive() {
    Cli.Result result = hak("trace", "info", "jvm-javac");
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().startsWith("114,327 calls, threads: 20; malloc "), result.out());
    long drawn = result.out().lines().filter(line -> line.matches(" *[\\d,]* \\|[ #]*")).count();
    assertEquals(8, drawn, result.out());
    assertTrue(
        result.out().lines().anyMatch(line -> line.matches(" *33 .. 64 .* %  #+")), result.out());
  }

  @Test
  void partsMakeTheWhole(@TempDir Path folder) {
    Path begin = folder.resolve("begin.hkt.gz");
    Path rest = folder.resolve("rest.hkt.gz");
    cut(begin, "0", "50000");
    cut(rest, "50000", "1000000");
    assertEquals(50_000, info(begin.toString()).get("events").getAsLong());
    JsonObject whole = info("jvm-javac");
    long allocated = 0;
    for (Path part : new Path[] {begin, rest}) {
      allocated += info(part.toString()).get("bytes").getAsLong();
    }
    assertEquals(whole.get("bytes").getAsLong(), allocated, "a reallocation stays one, or begins");
  }

  private static void cut(Path file, String first, String events) {
    Cli.Result result =
        hak("trace", "cut", "jvm-javac", file.toString(), "--first", first, "--events", events);
    assertEquals(0, result.exitCode(), result.err());
  }

  @Test
  void aTraceIsNotChangedByATraceOfItself() {
    Cli.Result result = hak("trace", "diff", "jvm-javac", "jvm-javac");
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(
        result.out().lines().anyMatch(line -> line.matches("calls +114,327 +114,327 +1\\.00")),
        result.out());
  }

  @Test
  void badInputIsRefusedAndNothingIsWritten(@TempDir Path folder) {
    Path file = folder.resolve("part.hkt.gz");
    assertRefused("no trace 'luna'", "info", "luna");
    assertRefused("no such file", "info", "none.hkt");
    assertRefused("--events 1 or more", "cut", "lua", file.toString(), "--events", "0");
    assertRefused("no such folder", "cut", "lua", folder.resolve("a/b").toString());
    assertRefused("no such file", "cut", "none.hkt", file.toString());
    assertTrue(Files.notExists(file));
  }

  private static void assertRefused(String reason, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "trace";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Cli.Result result = hak(command);
    assertEquals(2, result.exitCode(), result.out());
    assertTrue(result.err().contains(reason), result.err());
  }
}
