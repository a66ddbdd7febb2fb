package hak.cli.stack;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hak.cli.Cli;
import hak.core.Hak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandTest {
  @TempDir private Path folder;

  private String file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("mine.toml"), String.join("\n", lines)).toString();
  }

  @Test
  void listsTheShippedProfiles() {
    Cli.Result result = hak("profile", "list");
    assertEquals(0, result.exitCode());
    for (String name : Hak.profiles()) {
      assertTrue(result.out().lines().anyMatch(line -> line.startsWith(name + " ")), name);
    }
  }

  @Test
  void showsTheStackAsAPictureAndAsAFile() {
    Cli.Result result = hak("profile", "show", "default");
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().contains("stack 'default'"), result.out());
    assertTrue(result.out().contains("[stack]"), result.out());
  }

  @Test
  void whatIsShownCanBeOpenedAgain() throws IOException {
    String toml = hak("profile", "show", "pow2", "--toml").out();
    Cli.Result again = hak("profile", "check", file(toml));
    assertEquals(0, again.exitCode(), again.err());
  }

  @Test
  void showSaysWhereEachValueIsSet() throws IOException {
    String mine =
        file("extends = \"default\"", "[box.tls-sll]", "bytes = \"32 KiB\"", "capacity = 9");
    Cli.Result result = hak("profile", "show", mine);
    assertEquals(0, result.exitCode(), result.err());
    assertLine(result, "bytes = \"32 KiB\" +# \\Q" + mine + "\\E:3:1");
    assertLine(result, "capacity = 9 +# \\Q" + mine + "\\E:4:1");
    assertLine(result, "caches = \\[\"tls-sll\"] +# profile default:\\d+:1");
    assertLine(result, "threads = \"256 threads\" +# default");
  }

  private static void assertLine(Cli.Result result, String pattern) {
    assertTrue(result.out().lines().anyMatch(line -> line.matches(pattern)), result.out());
  }

  @Test
  void diffShowsWhatDiffersAlone() throws IOException {
    String mine = file("extends = \"default\"", "[tier.tiny]", "largest = \"4 KiB\"");
    Cli.Result result = hak("profile", "diff", "default", mine, "--no-asm");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals(3, result.out().lines().count(), result.out());
    assertLine(result, "tier\\.tiny\\.largest +8 KiB +4 KiB");
  }

  @Test
  void diffNamesBoxesThatOnlyOneHas() {
    Cli.Result result = hak("profile", "diff", "default", "bare", "--no-asm");
    assertLine(result, "stack\\.caches +tls-sll +none");
    assertLine(result, "box\\.tls-sll\\.capacity +32 blocks +-");
  }

  @Test
  void listsAreShownAndComparedAsFilesHaveThem() throws IOException {
    String mine =
        file(
            "extends = \"default\"",
            "[stack]",
            "sites = [\"site-rules\"]",
            "[box.site-rules]",
            "rules = [\"a.* align=64 B\", \"b least=4 KiB\"]");
    String rules = "\\[\"a\\.\\* align=64 B\", \"b least=4 KiB\"]";
    Cli.Result shown = hak("profile", "show", mine);
    assertEquals(0, shown.exitCode(), shown.err());
    assertLine(shown, "rules = " + rules + " +# \\Q" + mine + "\\E:5:1");
    Cli.Result diff = hak("profile", "diff", "default", mine, "--no-asm");
    assertLine(diff, "stack\\.sites +none +site-rules");
    assertLine(diff, "box\\.site-rules\\.rules +- +" + rules);
  }

  @Test
  void diffOfEqualProfilesSaysSo() {
    Cli.Result result = hak("profile", "diff", "default", "default", "--no-asm");
    assertEquals("the same boxes with the same options", result.out().strip());
  }

  @Test
  void diffTellsTheErrorsOfBoth() {
    Cli.Result result = hak("profile", "diff", "defalt", "bar");
    assertEquals(2, result.exitCode());
    assertEquals(2, result.errLines().size(), result.err());
  }

  @Test
  void diffCountsInstructionsBySourceLine() {
    Cli.Result result = hak("profile", "diff", "default", "bare");
    assumeTrue(!result.err().contains("no disassembler"), "needs objdump or a disassembler plugin");
    assertEquals(0, result.exitCode(), result.err());
    assertLine(result, "malloc, hit path +default +bare");
    assertLine(result, "instructions +\\d+ +\\d+");
    assertLine(result, "  pop TlsSll.java:\\d+ +\\d+ +-");
  }

  @Test
  void checkSaysOkForEach() throws IOException {
    String mine = file("name = \"mine\"", "extends = \"default\"", "");
    Cli.Result result = hak("profile", "check", "default", mine);
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("default: ok" + System.lineSeparator() + mine + ": ok", result.out().strip());
  }

  @Test
  void checkPrintsAllErrorsOfAFileWithTheirPlaces() throws IOException {
    String bad =
        file(
            "name = \"bad\"",
            "extends = \"default\"",
            "[stack]",
            "caches = [\"tls-sl\"]",
            "[box.ring-cache]",
            "capacity = \"9 bananas\"",
            "");
    Cli.Result result = hak("profile", "check", "default", bad);
    assertEquals(2, result.exitCode());
    assertEquals("default: ok", result.out().strip());
    assertEquals(2, result.errLines().size(), result.err());
    assertTrue(result.errLines().get(0).startsWith(bad + ":4:"), result.err());
    assertTrue(result.errLines().get(0).contains("tls-sll"), result.err());
    assertTrue(result.errLines().get(1).startsWith(bad + ":6:"), result.err());
  }

  @Test
  void anUnknownProfileIsBadInputAndNamesTheNearest() {
    for (String command : new String[] {"show", "check", "asm"}) {
      Cli.Result result = hak("profile", command, "defalt");
      assertEquals(2, result.exitCode(), command);
      assertEquals(1, result.errLines().size(), result.err());
      assertTrue(result.err().contains("did you mean 'default'?"), result.err());
    }
  }

  @Test
  void aFileThatIsNotThereIsBadInput() {
    Cli.Result result = hak("profile", "check", folder.resolve("none.toml").toString());
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("none.toml"), result.err());
  }

  @Test
  void aProfileMustBeNamed() {
    Cli.Result result = hak("profile", "show");
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("PROFILE"), result.err());
  }

  @Test
  void asmPrintsBothMethodsByLine() {
    Cli.Result result = hak("profile", "asm", "default");
    assumeTrue(!result.err().contains("no disassembler"), "needs objdump or a disassembler plugin");
    assertEquals(0, result.exitCode(), result.err());
    for (String method : new String[] {"malloc", "free"}) {
      assertTrue(result.out().contains("== " + method + ": the hit path"), result.out());
      assertTrue(
          result.out().matches("(?s).*   " + method + ": \\d+ instructions on the hit path.*"),
          result.out());
    }
    assertTrue(result.out().contains("OwnerTable.java:"), result.out());
  }
}
