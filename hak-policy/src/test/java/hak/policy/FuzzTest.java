package hak.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.core.profile.ProfileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Whatever is in the file, it is a profile or a {@link ProfileException} with lines of our form.
 */
class FuzzTest {
  private static final String VALID =
      """
      name = "fuzz" # of a profile
      extends = "default"
      description = '''several
      lines'''

      [stack]
      caches = [
        "ring-cache", # first
        "noop#2",
      ]
      region = "1 GiB"

      [tier.tiny]
      classes = "pow2"

      [box.ring-cache]
      capacity = "16 blocks"
      bytes = 4096
      lifo = false

      [box."noop#2"]
      """;

  private Path file;

  @BeforeProperty
  void create() throws IOException {
    file = Files.createTempFile("profile", ".toml");
  }

  @AfterProperty
  void delete() throws IOException {
    Files.delete(file);
  }

  @Property(tries = 300)
  void randomBytes(@ForAll byte[] bytes) throws IOException {
    assertReadOrRefused(bytes);
  }

  @Property(tries = 300)
  void randomTokens(@ForAll("tokens") List<String> tokens) throws IOException {
    assertReadOrRefused(String.join("", tokens).getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 600)
  void mutationsOfAValidProfile(@ForAll("edits") List<Edit> edits) throws IOException {
    byte[] bytes = VALID.getBytes(StandardCharsets.UTF_8);
    for (Edit edit : edits) {
      bytes = edit.apply(bytes);
    }
    assertReadOrRefused(bytes);
  }

  private void assertReadOrRefused(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    Pattern line =
        Pattern.compile(
            "(?s)(?:" + Pattern.quote(file.toString()) + "|profile default):(\\d+):\\d+: .+");
    int lines = 1 + (int) new String(bytes, StandardCharsets.ISO_8859_1).lines().count();
    try {
      new TomlProfileReader().read(file);
    } catch (ProfileException e) {
      assertFalse(e.errors().isEmpty());
      for (String error : e.errors()) {
        var matcher = line.matcher(error);
        assertTrue(matcher.matches(), error);
        assertTrue(Integer.parseInt(matcher.group(1)) <= Math.max(lines, 10), error);
      }
    }
  }

  @Provide
  Arbitrary<List<String>> tokens() {
    return Arbitraries.of(
            "\n",
            "\n",
            "\r\n",
            " ",
            "\t",
            "=",
            " = ",
            ".",
            ",",
            "[",
            "]",
            "[[",
            "]]",
            "{",
            "}",
            "\"",
            "'",
            "\"\"\"",
            "'''",
            "#",
            "\\",
            "name",
            "extends",
            "stack",
            "tiers",
            "caches",
            "region",
            "tier",
            "box",
            "tiny",
            "tls-sll",
            "\"default\"",
            "\"tiny\"",
            "\"noop#2\"",
            "[stack]\n",
            "[box.tls-sll]\n",
            "\ntiers = [",
            "\"1 GiB\"",
            "1",
            "-",
            "+",
            "_",
            "1e9",
            "0x",
            "inf",
            "nan",
            "true",
            "2026-01-01",
            "T",
            "12:00:00",
            "\u0000",
            "😀",
            "\\uD800",
            "\\U00110000",
            "\uFEFF",
            "99999999999999999999")
        .list()
        .ofMaxSize(60);
  }

  /** Replaces some bytes by others, each a character of {@code added}. */
  record Edit(int at, int removed, String added) {
    byte[] apply(byte[] bytes) {
      int start = at % (bytes.length + 1);
      int end = Math.min(bytes.length, start + removed);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(bytes, 0, start);
      out.writeBytes(added.getBytes(StandardCharsets.ISO_8859_1));
      out.write(bytes, end, bytes.length - end);
      return out.toByteArray();
    }
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    Arbitrary<String> added =
        Arbitraries.oneOf(
            Arbitraries.just(""),
            Arbitraries.strings().withCharRange('\0', '\u00FF').ofMaxLength(3),
            tokens().map(tokens -> String.join("", tokens.stream().limit(2).toList())));
    return Combinators.combine(
            Arbitraries.integers().between(0, 400), Arbitraries.integers().between(0, 12), added)
        .as(Edit::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }
}
