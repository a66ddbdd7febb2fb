package hak.core.limits;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files in which the system says something. What cannot be read says nothing: nobody's stack
 * fails to open because a file system of the kernel is not mounted.
 *
 * @param root what is called {@code /} here; another folder in tests
 */
record SystemFiles(Path root) {
  /** More than any limit: the largest numbers that version 1 shows mean "none". */
  private static final long NO_LIMIT = 1L << 62;

  /**
   * The lines of a file; none when it cannot be read.
   *
   * @param file an absolute name
   */
  List<String> lines(String file) {
    // Line by line: files of the kernel have the length 0, which Files.readString takes for true.
    try (BufferedReader reader = Files.newBufferedReader(at(file))) {
      return reader.lines().toList();
    } catch (IOException | UncheckedIOException | InvalidPathException e) {
      return List.of();
    }
  }

  /** The number behind a word at the begin of a line; empty when there is none. */
  Optional<Long> number(String file, String word) {
    return lines(file).stream()
        .filter(line -> line.startsWith(word + " "))
        .flatMap(line -> number(line.substring(word.length()).replaceFirst("kB$", "")).stream())
        .findFirst();
  }

  private Path at(String file) {
    return root.resolve(file.replaceFirst("^/+", ""));
  }

  /** The number that is the only content of a file; empty when it holds none. */
  Optional<Long> onlyNumber(String file) {
    return lines(file).stream().findFirst().flatMap(SystemFiles::number);
  }

  /** A number as the system writes one; empty for {@code max}, {@code unlimited} and the like. */
  static Optional<Long> number(String text) {
    try {
      long number = Long.parseLong(text.strip());
      return number >= 0 && number < NO_LIMIT ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
