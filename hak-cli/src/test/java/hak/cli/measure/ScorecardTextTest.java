package hak.cli.measure;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.cli.html.ScorecardPageTest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScorecardTextTest {
  @TempDir private Path folder;

  @Test
  void aRowForEachProgram() {
    String text = ScorecardText.of(ScorecardPageTest.report());
    for (String line :
        List.of(
            "| workload | threads | HAK ns | glibc | malloc through FFM |",
            "| `random-<mixed>` | 1 | 8.00 | **0.80 (0.70 .. 0.90)**, faster |"
                + " 0.80 (0.70 .. 0.90), within noise |",
            "HAK by the fastest peer in C of each row: geometric mean 0.80, worst 0.80 (glibc on"
                + " `random-<mixed>`).",
            "| `random-<mixed>` | 3.0 | 3.0 | 3.0 |",
            "| malloc to 64 B | 1,000 | 3 | 9 | 30 | 80 | 90 | 99 |",
            "| `random-<mixed>` | 90.0 %, 100.0 % |")) {
      assertTrue(text.lines().anyMatch(line::equals), line + " in " + text);
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsToldBeforeAnythingIsMeasured() {
    assertEquals(2, hak("scorecard", "--markdown", folder.resolve("a/b.md").toString()).exitCode());
    assertEquals(
        2,
        hak(
                "scorecard",
                "--markdown",
                folder.resolve("b.md").toString(),
                "--html",
                folder.resolve("a/b.html").toString())
            .exitCode());
  }
}
