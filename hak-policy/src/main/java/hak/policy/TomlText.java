package hak.policy;

import hak.toml.Toml;
import hak.toml.TomlParseError;
import hak.toml.TomlParseResult;
import hak.toml.TomlPosition;
import hak.toml.TomlTable;
import hak.toml.TomlVersion;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A text parsed as TOML, with all its errors of syntax.
 *
 * <p>The parser leaves out each statement with an error and goes on. Where that is the header of a
 * table, what follows lands in another table: it is not {@linkplain #isTrusted trusted}, and to
 * complain of it would mislead.
 */
final class TomlText {
  /** An error of syntax. */
  record SyntaxError(Position position, String message) {}

  private static final Pattern HEADER = Pattern.compile("\\s*+\\[.*+", Pattern.DOTALL);
  private static final Pattern HEADER_CUT_BY_COMMENT =
      Pattern.compile("\\s*+\\[[^\"'\\]#]*+#[^\\]]*+\\].*+", Pattern.DOTALL);

  private final String[] lines;
  private final TomlParseResult result;
  private final List<SyntaxError> errors;
  private final BitSet untrusted = new BitSet();

  private TomlText(String text) {
    lines = text.split("\n", -1);
    result = Toml.parse(text, TomlVersion.V1_0_0);
    errors = result.errors().stream().map(this::translate).toList();
    errors.forEach(error -> distrustBelow(error.position().line()));
  }

  static TomlText parse(String text) {
    return new TomlText(text);
  }

  private SyntaxError translate(TomlParseError error) {
    Position position = of(error.position());
    String message = error.getMessage();
    if (!message.contains(" defined at ")) { // which begins with a key
      message = Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
    if (HEADER_CUT_BY_COMMENT.matcher(line(position)).matches()) {
      message += "; # begins a comment unless the name is quoted: [box.\"noop#2\"]";
    }
    return new SyntaxError(position, message);
  }

  private void distrustBelow(int header) {
    if (isHeader(header)) {
      int line = header;
      do {
        untrusted.set(line++);
      } while (line <= lines.length && !isHeader(line));
    }
  }

  private boolean isHeader(int line) {
    return HEADER.matcher(lines[line - 1]).matches();
  }

  private String line(Position position) {
    return lines[position.line() - 1];
  }

  /** What was understood. */
  TomlTable table() {
    return result;
  }

  List<SyntaxError> errors() {
    return errors;
  }

  /**
   * Whether what stands at a position is certainly in the table that it was understood to be in.
   */
  boolean isTrusted(Position position) {
    return !untrusted.get(position.line());
  }

  /** The position of a key. */
  static Position of(TomlTable table, String key) {
    return of(table.inputPositionOf(List.of(key)));
  }

  /** A position as the parser has it. */
  static Position of(TomlPosition position) {
    return new Position(position.line(), position.column());
  }
}
