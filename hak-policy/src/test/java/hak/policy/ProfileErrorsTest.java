package hak.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of one wrong file, and where. */
class ProfileErrorsTest {
  @TempDir Path folder;
  private ProfileFolder profiles;

  @BeforeEach
  void open() {
    profiles = new ProfileFolder(folder);
  }

  private void assertErrors(List<String> expected, String... lines) {
    profiles.write("p.toml", lines);
    assertEquals(String.join("\n", expected), String.join("\n", profiles.errors("p.toml")));
  }

  private void assertError(String expected, String... lines) {
    assertErrors(List.of(expected), lines);
  }

  @Test
  void unknownKeyAtTheTopNamesTheNearest() {
    assertError(
        "p.toml:2:1: unknown key 'extend'; did you mean 'extends'?",
        "name = \"x\"",
        "extend = \"default\"",
        ProfileFolder.STACK);
  }

  @Test
  void listOutsideOfStackIsToldWhereItBelongs() {
    assertError(
        "p.toml:1:1: unknown key 'caches'; it belongs in [stack]",
        "caches = []",
        ProfileFolder.STACK);
  }

  @Test
  void tableOfABoxWithoutItsGroupIsToldItsName() {
    assertErrors(
        List.of(
            "p.toml:4:1: unknown key 'tiny'; the table of this box is [tier.tiny]",
            "p.toml:5:1: unknown key 'noop#2'; the table of this box is [box.\"noop#2\"]"),
        ProfileFolder.STACK,
        "[tiny]",
        "[\"noop#2\"]");
  }

  @Test
  void unknownKeyInStackNamesTheNearest() {
    assertError(
        "p.toml:3:3: unknown key 'cache' in [stack]; did you mean 'caches'?",
        "[stack]",
        "  tiers = [\"tiny\"]",
        "  cache = []");
  }

  @Test
  void extendsBelowATableIsToldWhereItBelongs() {
    assertError(
        "p.toml:3:1: unknown key 'extends' in [stack]; it belongs above the first table",
        "[stack]",
        "tiers = [\"tiny\"]",
        "extends = \"default\"");
  }

  @Test
  void unknownBoxIsReportedAtItsElement() {
    assertError(
        "p.toml:3:21: no box 'tls-sl'; did you mean 'tls-sll'?",
        "[stack]",
        "tiers = [\"tiny\"]",
        "caches = [  \"noop\", \"tls-sl\"]");
  }

  @Test
  void elementOnALineOfItsOwnHasItsOwnPosition() {
    assertErrors(
        List.of(
            "p.toml:5:3: no box 'nop'; did you mean 'noop'?",
            "p.toml:8:2: no box 'tls-sl'; did you mean 'tls-sll'?"),
        "[stack]",
        "tiers = [\"tiny\"]",
        "caches = [ # 😀 first, \"second\"",
        "",
        "  \"nop\", # the last but one",
        "  # of all",
        "",
        "\t\"tls-sl\"",
        "]");
  }

  @Test
  void columnsCountCharactersNotUnitsOfUtf16() {
    assertErrors(
        List.of(
            "p.toml:3:11: no box '😀'; there are: noop, ring-cache, runner, tls-sll",
            "p.toml:3:16: no box 'nop'; did you mean 'noop'?"),
        "[stack]",
        "tiers = [\"tiny\"]",
        "caches = [\"😀\", \"nop\"]");
  }

  @Test
  void boxInAnotherListIsToldItsOwn() {
    assertError(
        "p.toml:3:11: 'ss-reuse' belongs under stack.superslabs, not stack.caches",
        "[stack]",
        "tiers = [\"tiny\"]",
        "caches = [\"ss-reuse\"]");
  }

  @Test
  void boxNamedTwiceIsReportedAtTheSecond() {
    assertError(
        "p.toml:3:19: 'noop' is named twice; a second one would be called 'noop#2'",
        "[stack]",
        "tiers = [\"tiny\"]",
        "caches = [\"noop\", \"noop\"]");
  }

  @Test
  void unknownOptionNamesTheNearest() {
    assertError(
        "p.toml:5:1: 'tls-sll' has no option 'capasity'; did you mean 'capacity'?",
        ProfileFolder.STACK,
        "[box.tls-sll]",
        "capasity = 3");
  }

  @Test
  void badUnitOutOfRangeAndWrongTypeSayWhatIsAllowed() {
    String blocks = " is not allowed: a number of blocks from 1 to 4096, such as \"64 blocks\"";
    String bytes = " is not allowed: an amount from 8 B to 1 GiB, such as \"64 KiB\"";
    assertErrors(
        List.of(
            "p.toml:5:1: \"3 KiB\"" + blocks,
            "p.toml:6:1: \"64 KB\"" + bytes,
            "p.toml:7:1: \"yes\" is not allowed: true or false",
            "p.toml:8:1: \"spil\" is not allowed: one of \"refuse\", \"spill\"",
            "p.toml:10:1: 0" + blocks,
            "p.toml:11:1: 1.5" + bytes,
            "p.toml:12:1: an array is not allowed: true or false",
            "p.toml:13:1: 2026-01-01 is not allowed: one of \"refuse\", \"spill\"",
            "p.toml:14:1: a table" + blocks),
        ProfileFolder.STACK,
        "[box.ring-cache]",
        "capacity = \"3 KiB\"",
        "bytes = \"64 KB\"",
        "lifo = \"yes\"",
        "full = \"spil\"",
        "[box.\"ring-cache#2\"]",
        "capacity = 0",
        "bytes = 1.5",
        "lifo = [true]",
        "full = 2026-01-01",
        "[box.\"ring-cache#3\".capacity]");
  }

  @Test
  void eachElementOfAListIsReportedWhereItIs() {
    assertErrors(
        List.of(
            "p.toml:5:15: 'B' is no word",
            "p.toml:6:2: 3 is not allowed: a list of words",
            "p.toml:6:5: an array is not allowed: a list of words",
            "p.toml:6:12: 'c d' is no word",
            "p.toml:8:1: 'E' is no word",
            "p.toml:10:1: true is not allowed: a list of words"),
        ProfileFolder.STACK,
        "[box.ring-cache]",
        "words = [\"a\", \"B\",",
        " 3, [\"a\"], \"c d\"]",
        "[box.\"ring-cache#2\"]",
        "words = \"e; E\"",
        "[box.\"ring-cache#3\"]",
        "words = true");
  }

  @Test
  void optionsOfStackSayWhatIsAllowed() {
    assertErrors(
        List.of(
            "p.toml:3:1: \"32 GB\" is not allowed: an amount from 64 MiB to 32 GiB, such as"
                + " \"32 GiB\"",
            "p.toml:4:1: true is not allowed: an amount from 0 B to 32 GiB, such as \"16 MiB\""),
        "[stack]",
        "tiers = [\"tiny\"]",
        "region = \"32 GB\"",
        "huge-from = true");
  }

  @Test
  void optionsOfStackThatDoNotFitTogetherAreReportedAtTheLesser() {
    assertError(
        "p.toml:4:1: start 10,737,418,240 B is not below region 1,073,741,824 B",
        "[stack]",
        "tiers = [\"tiny\"]",
        "region = \"1 GiB\"",
        "start = \"10 GiB\"");
    profiles.write(
        "p.toml",
        "[stack]",
        "tiers = [\"tiny\"]",
        "caches = [\"ring-cache\"]",
        "region = \"64 MiB\"",
        "threads = 5000",
        "[box.ring-cache]",
        "capacity = 4096");
    List<String> errors = profiles.errors("p.toml");
    assertEquals(1, errors.size(), errors::toString);
    String refused = "p.toml:5:1: a thread heap takes 163,840 B ('ring-cache' 163,840 B of it);";
    assertTrue(errors.getFirst().startsWith(refused), errors.getFirst());
  }

  @Test
  void settingsOfAnUnknownBoxAreReportedAtItsTable() {
    assertErrors(
        List.of(
            "p.toml:4:1: no box 'tls-sl'; did you mean 'tls-sll'?",
            "p.toml:6:1: no box 'tinny'; did you mean 'tiny'?"),
        ProfileFolder.STACK,
        "[box.tls-sl]",
        "capacity = 3",
        "[tier.tinny]");
  }

  @Test
  void settingsInTheTableOfTheOtherGroupAreToldTheirTable() {
    assertErrors(
        List.of(
            "p.toml:4:1: 'tls-sll' is not a tier; its table is [box.tls-sll]",
            "p.toml:5:1: 0 is not allowed: a number of blocks from 1 to 1024, such as \"256"
                + " blocks\"",
            "p.toml:6:1: 'tiny' is a tier; its table is [tier.tiny]"),
        ProfileFolder.STACK,
        "[tier.tls-sll]",
        "capacity = 0",
        "[box.tiny]",
        "classes = \"pow2\"");
  }

  @Test
  void wrongTypesOutsideOfBoxesSayWhatIsExpected() {
    assertErrors(
        List.of(
            "p.toml:1:1: 'name' must be a string, not an integer",
            "p.toml:2:1: 'extends' must be a string, not an array",
            "p.toml:3:1: 'description' must be a string, not a boolean",
            "p.toml:5:10: 'tiers' must hold strings, not an integer",
            "p.toml:5:21: 'tiers' must hold strings, not an array",
            "p.toml:6:1: 'caches' must be an array of strings, not a string",
            "p.toml:7:1: 'guards' must be an array of strings, not a table",
            "p.toml:9:1: 'tier.tiny' must be a table, not a string",
            "p.toml:10:1: 'box' must be a table of tables, not an array"),
        "name = 1",
        "extends = [\"default\"]",
        "description = true",
        "[stack]",
        "tiers = [1, \"tiny\", []]",
        "caches = \"tls-sll\"",
        "guards.external-guard = 1",
        "[tier]",
        "tiny = \"pow2\"",
        "[[box]]");
  }

  @Test
  void stackMustBeATable() {
    assertError("p.toml:1:1: 'stack' must be a table, not an array", "[[stack]]", "tiers = []");
  }

  @Test
  void nameMustBeShowable() {
    String message = ":1:1: 'name' must not be empty nor hold control characters";
    assertError("p.toml" + message, "name = \" \"", ProfileFolder.STACK);
    assertError("p.toml" + message, "name = \"a\\nb\"", ProfileFolder.STACK);
  }

  @Test
  void impossibleOrderIsReportedAtTheList() {
    assertError(
        "p.toml:2:1: size tier 'tiny' must come before the large tiers",
        "[stack]",
        "tiers = [\"large\", \"tiny\"]");
  }

  @Test
  void needsAndExclusionsAreReportedAtTheListOfTheOneThatHasThem() {
    assertErrors(
        List.of(
            "p.toml:4:2: 'picky' cannot be in one stack with 'tls-sll'",
            "p.toml:4:2: 'picky' needs 'front-metrics' in the same stack"),
        "[stack]",
        "tiers = [\"tiny\"]",
        "caches = [\"tls-sll\"]",
        " guards = [\"picky\"]");
  }

  @Test
  void whatOthersProvideIsNeededOrExcludedToo() {
    assertErrors(
        List.of(
            "p.toml:3:1: 'runner' cannot be in one stack with 'external-guard', which provides"
                + " 'guarded-frees'",
            "p.toml:3:1: 'runner' needs 'cached-blocks' in the same stack, as provided by 'noop',"
                + " 'ring-cache', 'tls-sll'"),
        "[stack]",
        "tiers = [\"tiny\"]",
        "caches = [\"runner\"]",
        "guards = [\"external-guard\"]");
  }

  @Test
  void orderIsCheckedWhereABoxSaysSo() {
    assertErrors(
        List.of(
            "p.toml:3:1: 'runner' must come before 'ring-cache'",
            "p.toml:3:1: 'runner' must come before 'tls-sll'"),
        "[stack]",
        "tiers = [\"tiny\"]",
        "caches = [\"tls-sll\", \"ring-cache\", \"runner\"]");
    assertErrors(
        List.of("p.toml:3:1: 'runner' must come before 'tls-sll'"),
        "[stack]",
        "tiers = [\"tiny\"]",
        "caches = [\"tls-sll\", \"runner\", \"ring-cache\"]");
  }

  @Test
  void missingTiersAreReportedAtStackOrElseAtTheTop() {
    String message = ": a stack needs a size tier; there are: big, large, mid, tiny";
    assertError("p.toml:2:1" + message, "name = \"x\"", "[stack]");
    assertError("p.toml:1:1" + message, "# nothing", "name = \"x\"");
    assertError("p.toml:1:1" + message, "");
  }

  @Test
  void keySetTwiceIsReportedAtTheSecond() {
    assertErrors(
        List.of(
            "p.toml:2:1: name previously defined at line 1, column 1",
            "p.toml:7:1: capacity previously defined at line 6, column 1"),
        "name = \"x\"",
        "name = \"y\"",
        ProfileFolder.STACK + "[box.tls-sll]",
        "capacity = 1",
        "capacity = 2");
  }

  @Test
  void tableSetTwiceIsReportedWithoutComplaintsOfItsContent() {
    assertErrors(
        List.of(
            "p.toml:4:1: stack.tiers previously defined at line 2, column 1",
            "p.toml:7:1: 'noop' has no option 'a'; the box has no options"),
        ProfileFolder.STACK,
        "[stack.tiers]",
        "x = 1",
        "[box.noop]",
        "a = 1");
  }

  @Test
  void allErrorsOfSyntaxAreReportedAlongWithAllOthers() {
    assertErrors(
        List.of(
            "p.toml:1:10: unexpected end of line, expected \" or a character",
            "p.toml:2:1: unknown key 'extend'; did you mean 'extends'?",
            "p.toml:4:17: unexpected \", expected ], a comma, or a newline",
            "p.toml:5:12: no box 'nop'; did you mean 'noop'?",
            "p.toml:6:12: unexpected '4', expected a newline or end-of-input",
            "p.toml:8:1: \"1 KiB\" is not allowed: a number of blocks from 1 to 1024, such as"
                + " \"256 blocks\""),
        "name = \"x",
        "extend = \"default\"",
        "[stack]",
        "tiers = [\"tiny\" \"mid\"]",
        "caches  = [\"nop\"]",
        "region = 3 4",
        "[box.tls-sll]",
        "capacity = \"1 KiB\"");
  }

  @Test
  void lineOfNonsenseDoesNotHideTheRest() {
    assertErrors(
        List.of(
            "p.toml:3:1: unexpected '=', expected a key, a table key, a newline, or end-of-input",
            "p.toml:4:1: unknown key 'colours' in [stack]; there are: tiers, caches, superslabs,"
                + " placement, guards, observers, sites, learners, region, start, huge-from,"
                + " threads, limit, soft-limit, budget, budget-superslabs, purge-delay",
            "p.toml:5:10: unexpected 'x', expected a value",
            "p.toml:7:1: unexpected '!', expected a key, a table key, a newline, or end-of-input",
            "p.toml:9:1: 'noop' has no option 'a'; the box has no options"),
        "[stack]",
        "tiers = [\"tiny\"]",
        "= 3",
        "colours = 4",
        "caches = x",
        "[box.tls-sll]",
        "! what",
        "[box.noop]",
        "a = 1");
  }

  @Test
  void unclosedListDoesNotHideTheRest() {
    assertErrors(
        List.of(
            "p.toml:2:16: unexpected end of line, expected ], a comma, or a newline",
            "p.toml:4:1: 0 is not allowed: a number of blocks from 1 to 1024, such as \"256"
                + " blocks\"",
            "p.toml:6:1: 'noop' has no option 'b'; the box has no options"),
        "[stack]",
        "tiers = [\"tiny\"",
        "[box.tls-sll]",
        "capacity = 0",
        "[box.noop]",
        "b = 1");
  }

  @Test
  void hashInATableNameIsToldToBeQuoted() {
    assertError(
        "p.toml:4:13: unexpected end of line, expected ]; # begins a comment unless the name is"
            + " quoted: [box.\"noop#2\"]",
        ProfileFolder.STACK,
        "[box.noop#2]",
        "x = 1");
  }

  @Test
  void listThatCouldNotBeReadGivesNoFurtherErrors() {
    assertError("p.toml:2:10: 'tiers' must hold strings, not an integer", "[stack]", "tiers = [1]");
    assertErrors(
        List.of("p.toml:4:1: 'observers' must be an array of strings, not a string"),
        "[stack]",
        "tiers = [\"tiny\"]",
        "guards = [\"picky\"]",
        "observers = \"front-metrics\"");
  }

  @Test
  void impossibleOrderIsReportedAlongWithAnErrorOfSyntax() {
    assertErrors(
        List.of(
            "p.toml:2:1: size tier 'tiny' must come before the large tiers",
            "p.toml:3:10: unexpected 'x', expected a value"),
        "[stack]",
        "tiers = [\"large\", \"tiny\"]",
        "caches = x");
  }

  @Test
  void whatFollowsAHeaderThatCouldNotBeReadIsNotTakenForAnotherTable() {
    assertErrors(
        List.of(
            "p.toml:4:13: unexpected ']]', expected ] or .",
            "p.toml:8:1: 'noop' has no option 'a'; the box has no options"),
        ProfileFolder.STACK,
        "[box.tls-sll]]",
        "capacity = 3",
        "",
        "[box.noop]",
        "a = 1");
  }

  @Test
  void impossibleOrderIsReportedAlongWithAWrongType() {
    assertErrors(
        List.of(
            "p.toml:2:1: size tier 'tiny' must come before the large tiers",
            "p.toml:3:1: 'caches' must be an array of strings, not a string"),
        "[stack]",
        "tiers = [\"large\", \"tiny\"]",
        "caches = \"tls-sll\"");
  }

  @Test
  void linesMayEndInCarriageReturnAndLineFeed() {
    profiles.write(
        "p.toml",
        "[stack]\r\ntiers = [\r\n  \"tiny\",\r\n  \"bog\"\r\n]\r\n"
            .getBytes(StandardCharsets.UTF_8));
    assertEquals(
        List.of("p.toml:4:3: no box 'bog'; did you mean 'big'?"), profiles.errors("p.toml"));
  }

  @Test
  void byteOrderMarkDoesNotShiftColumns() {
    assertError(
        "p.toml:1:1: unknown key 'nam'; did you mean 'name'?",
        "\uFEFFnam = \"x\"",
        ProfileFolder.STACK);
  }
}
