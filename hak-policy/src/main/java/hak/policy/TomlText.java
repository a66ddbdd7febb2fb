package hak.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/**
 * A text parsed as TOML, with all its errors of syntax.
 *
 * <p>The parser carries on after most errors, but gives up without a word after some, for example a
 * line that begins with a wrong character. The lines behind are then parsed on their own, from the
 * next one that looks like a statement. What stands on a line with an error, below a table's header
 * with an error, or before the first header after such a restart, may have been understood wrongly:
 * it is not {@linkplain #isTrusted trusted}, and to complain of it would mislead.
 */
final class TomlText {
  /** An error of syntax. */
  record SyntaxError(Position position, String message) {}

  private static final int MAX_RESTARTS = 1000;
  private static final Pattern HEADER = Pattern.compile("\\s*+\\[\\[?+[^\\[\\],=]++\\].*");
  private static final Pattern STATEMENT =
      Pattern.compile("\\s*+(?:[\\w.-]++\\s*+=.*|\\[\\[?+[^\\[\\],=]++\\].*)");
  private static final Pattern HEADER_CUT_BY_COMMENT =
      Pattern.compile("\\s*+\\[[^\"'\\]#]*+#[^\\]]*+\\].*");
  private static final String SENTINEL = "end-of-profile";

  private final String[] lines;
  private final List<TomlTable> parts = new ArrayList<>();
  private final List<SyntaxError> errors = new ArrayList<>();
  private final BitSet untrusted = new BitSet();

  private TomlText(String text) {
    lines = text.split("\n", -1);
  }

  static TomlText parse(String text) {
    TomlText parsed = new TomlText(text);
    int line = 1;
    for (int restarts = 0; line > 0 && restarts <= MAX_RESTARTS; restarts++) {
      line = parsed.parseFrom(line);
    }
    if (line > 0) {
      parsed.errors.add(
          new SyntaxError(new Position(line, 1), "not read from here on: too many errors above"));
    }
    return parsed;
  }

  /** Parses the lines from {@code first} on; the line to go on from, or 0 when all was read. */
  private int parseFrom(int first) {
    String text = from(first);
    TomlParseResult result;
    boolean complete;
    try {
      result = Toml.parse(text, TomlVersion.V1_0_0);
      complete =
          !result.hasErrors()
              || Toml.parse(text + "\n[" + SENTINEL + "]\n", TomlVersion.V1_0_0).contains(SENTINEL);
    } catch (StackOverflowError e) {
      // The parser descends into arrays and inline tables without a limit.
      errors.add(new SyntaxError(new Position(first, 1), "nested too deeply"));
      return 0;
    }
    parts.add(result);
    int lastBad = first;
    for (TomlParseError error : result.errors()) {
      SyntaxError found = translate(error);
      errors.add(found);
      int line = found.position().line();
      lastBad = Math.max(lastBad, line);
      distrust(line, lines[line - 1].stripLeading().startsWith("["));
    }
    return complete ? 0 : restartAfter(lastBad);
  }

  /** The text with the lines before {@code first} emptied, so that positions stay. */
  private String from(int first) {
    StringBuilder text = new StringBuilder("\n".repeat(first - 1));
    for (int line = first; line <= lines.length; line++) {
      text.append(lines[line - 1]).append(line < lines.length ? "\n" : "");
    }
    return text.toString();
  }

  private SyntaxError translate(TomlParseError error) {
    String message = error.getMessage();
    if (!message.contains(" defined at ")) { // which begins with a key
      message = Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
    Position position = of(error.position());
    if (message.endsWith("expected ]")
        && HEADER_CUT_BY_COMMENT.matcher(lines[position.line() - 1]).matches()) {
      message += "; # begins a comment unless the name is quoted: [box.\"noop#2\"]";
    }
    return new SyntaxError(position, message);
  }

  private int restartAfter(int lastBad) {
    distrust(lastBad, true);
    for (int line = lastBad + 1; line <= lines.length; line++) {
      if (STATEMENT.matcher(lines[line - 1]).matches()) {
        return line;
      }
    }
    return 0;
  }

  private void distrust(int line, boolean toNextHeader) {
    untrusted.set(line);
    if (toNextHeader) {
      for (int i = line + 1; i <= lines.length && !HEADER.matcher(lines[i - 1]).matches(); i++) {
        untrusted.set(i);
      }
    }
  }

  /** What was understood; a later part follows a place where the parser gave up. */
  List<TomlTable> parts() {
    return parts;
  }

  List<SyntaxError> errors() {
    return errors;
  }

  /** Whether what stands at a position was certainly meant as it was understood. */
  boolean isTrusted(Position position) {
    return !untrusted.get(position.line());
  }

  /** The position of a key. */
  Position of(TomlTable table, String key) {
    return of(table.inputPositionOf(List.of(key)));
  }

  /**
   * The position of an array's element. The parser counts line ends and comments in front of an
   * element as part of it.
   */
  Position ofElement(TomlPosition start) {
    int line = start.line();
    String rest = lines[line - 1];
    int offset = rest.offsetByCodePoints(0, start.column() - 1);
    while (line < lines.length && isBlank(rest.substring(offset))) {
      rest = lines[line++];
      offset = 0;
    }
    while (offset < rest.length() && Character.isWhitespace(rest.charAt(offset))) {
      offset++;
    }
    return new Position(line, 1 + rest.codePointCount(0, offset));
  }

  private static boolean isBlank(String rest) {
    return rest.isBlank() || rest.stripLeading().startsWith("#");
  }

  private static Position of(TomlPosition position) {
    return new Position(position.line(), position.column());
  }
}
