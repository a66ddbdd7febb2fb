package hak.machinecode;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Reads environment variables that list folders. */
final class SearchPath {
  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  private SearchPath() {}

  /** The folders that a variable lists, none when it is not set. */
  static List<Path> of(String variable) {
    String value = System.getenv().getOrDefault(variable, "");
    return SEPARATOR
        .splitAsStream(value)
        .filter(folder -> !folder.isEmpty())
        .map(Path::of)
        .toList();
  }
}
