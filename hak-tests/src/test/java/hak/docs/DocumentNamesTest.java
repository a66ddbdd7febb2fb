package hak.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What documents name is there. The comments of packages and modules are documents too; the
 * changelog, which tells of what was, is none.
 */
class DocumentNamesTest {
  private static NameCheck check;

  @BeforeAll
  static void readSources() throws IOException {
    check = new NameCheck(Project.sources());
  }

  static List<Document> documents() throws IOException {
    Stream<Document> files =
        Project.documents().stream()
            .filter(file -> !file.endsWith("CHANGELOG.md"))
            .map(Document::read);
    Stream<Document> comments =
        Project.sources().rooms().stream()
            .map(room -> Document.of("comment of " + room.name(), room.sources(), room.comment()));
    return Stream.concat(files, comments).toList();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void whatItNamesIsThere(Document document) {
    assertEquals(List.of(), check.wrongIn(document));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      value = {
        "see `StackRuntime`, StackRuntime",
        "see `TlsSll.poop`, TlsSll.poop",
        "see `hak.core.specialiser`, hak.core.specialiser",
        "see hak.core.specialiser, hak.core.specialiser",
        "see `hak.core.Slow`, hak.core.Slow",
        "a NoSuchThingException, NoSuchThingException",
        "as `String.tirm` does, String.tirm",
        "by `withNoSuchThing`, withNoSuchThing",
        "by `nosuchthing(100)`, nosuchthing",
        "the box `tls-sl`, tls-sl",
        "set `tier.tiny.cave`, tier.tiny.cave",
        "set `box.tls-sl.capacity`, box.tls-sl.capacity",
        "set `stack.regions`, stack.regions",
        "in `[box.tls-sl]`, tls-sl",
        "by `caches = [\"tls-sl\"]`, tls-sl",
        "run `./hak rum --rounds 3`, rum",
        "run `./hak run --round 3`, --round",
        "run `./hak profile shw default`, shw",
        "run `hak store put --nmae x`, --nmae",
        "with `--no-such-option`, --no-such-option",
        "set `HAK_JAVA_OPTIONS`, HAK_JAVA_OPTIONS",
        "set `-Dhak.store.smalFs=DIR`, hak.store.smalFs",
        "[more](docs/NOTHING.md), docs/NOTHING.md",
        "[more](docs/PROFILES.md#nothing), docs/PROFILES.md#nothing",
        "more in NOTHING.md, NOTHING.md",
        "from `hak-boxes/nothing/src`, hak-boxes/nothing/src"
      })
  void aFalseNameIsFound(String text, String name) {
    Document document = Document.of("text", Path.of(Project.ROOT + "/README.md"), text);
    assertEquals(List.of("text:1: " + name), check.wrongIn(document));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      value = {
        "^```\n  StackRuntime.malloc\n```\n^, StackRuntime.malloc",
        "^```java\nStackRuntime stack;\n```\n^, StackRuntime",
        "^```\n$ ./hak stor ls models\n```\n^, stor"
      })
  void aFalseNameInABlockIsFound(String text, String name) {
    Document document = Document.of("text", Project.ROOT, text);
    assertEquals(List.of("text:1: " + name), check.wrongIn(document));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      value = {
        "^`Class`, `TlsSll.pop`, `hak.core.spi.Role`, `Map.Entry.getKey`, `Hak.open(\"default\")`^",
        "^`caches = [\"noop\", \"ring-cache#2\"]`, `[tier.tiny]`, `tier.tiny.carve`, `huge-from`^",
        "^`./hak run --rounds 3 | less`, `--json=FILE`, `./hak COMMAND --help`, `hak-boxes/noop`^",
        "^`NO_COLOR`, `64 KiB`, HotSpot, OpenJDK, <https://example.com/NoSuchThing>^"
      })
  void trueNamesAreNot(String text) {
    assertEquals(List.of(), check.wrongIn(Document.of("text", Project.ROOT, text)));
  }
}
