package hak.machinecode;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the source that an instruction came from.
 *
 * @param className binary name, without what a hidden class has behind it
 * @param method name of the method
 * @param line source line, 0 = unknown
 */
record Frame(String className, String method, int line) {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:\\(reexecute\\) )?(\\S+?)(?:/0x[0-9a-f]+)?::(\\S+)@-?\\d+(?: \\(line (\\d+)\\))?.*");
  private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.");

  /** Reads {@code hak.core.OwnerTable::slot@10 (line 33)}; null when it is something else. */
  static Frame parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    String line = matcher.group(3);
    return new Frame(matcher.group(1), matcher.group(2), line == null ? 0 : Integer.parseInt(line));
  }

  boolean isJdk() {
    return JDK.stream().anyMatch(className::startsWith);
  }

  /** The name of the file that holds the class, with the line. */
  String place() {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    int nested = simple.indexOf('$');
    String file = (nested < 0 ? simple : simple.substring(0, nested)) + ".java";
    return line == 0 ? file : file + ":" + line;
  }
}
