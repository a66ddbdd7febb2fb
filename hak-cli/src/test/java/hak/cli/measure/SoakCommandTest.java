package hak.cli.measure;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakCommandTest {
  @TempDir private Path folder;

  @Test
  void soaksAndDrawsWhatItFound() throws IOException {
    Path csv = folder.resolve("soak.csv");
    Cli.Result result =
        hak("soak", "--workload", "fixed-64", "--minutes", "0.02", "--csv", csv.toString());
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().startsWith("profile default, fixed-64, "), result.out());
    assertTrue(result.out().lines().anyMatch(line -> line.matches("the stack +[-\\d,]+ .*")));
    assertEquals(
        16, result.out().lines().filter(line -> line.matches(" *[\\d,]* \\|[ #]*")).count());
    assertEquals("# hak soak: default, fixed-64, threads 1", Files.readAllLines(csv).getFirst());
    Cli.Result other = hak("soak", "--workload", "fixed-32", "--csv", csv.toString());
    assertEquals(2, other.exitCode());
    assertTrue(other.err().contains("is of another soak"), other.err());
  }

  @Test
  void refusesWhatItCannotDo() {
    assertEquals(2, hak("soak", "--minutes", "0").exitCode());
    assertEquals(2, hak("soak", "--minutes", "NaN").exitCode());
    assertEquals(2, hak("soak", "--threads", "0").exitCode());
    assertEquals(2, hak("soak", "--workload", "fixed").exitCode());
    assertEquals(2, hak("soak", "--trace", "luna").exitCode());
    assertEquals(2, hak("soak", "--csv", folder.resolve("a/b.csv").toString()).exitCode());
  }
}
