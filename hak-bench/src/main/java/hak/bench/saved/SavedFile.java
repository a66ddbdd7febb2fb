package hak.bench.saved;

import hak.bench.process.JsonLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures in a file, a line of JSON for each; new ones are appended, so the file has their history.
 *
 * @param file where they are
 */
public record SavedFile(Path file) {
  private static final String ENDING = ".jsonl";

  /**
   * The file of a name: of letters, digits, {@code .}, {@code -} and {@code _}, in the user's
   * folder for data ({@code $XDG_DATA_HOME/hak/results}, else {@code ~/.local/share}); a name with
   * a {@code /} in it or that ends with {@code .jsonl} is the file itself.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static SavedFile named(String name) {
    if (name.contains("/") || name.endsWith(ENDING)) {
      return new SavedFile(Path.of(name));
    }
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException("'" + name + "' is neither a name nor a file");
    }
    String data = System.getenv("XDG_DATA_HOME");
    Path parent =
        data == null || data.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(data);
    return new SavedFile(parent.resolve("hak").resolve("results").resolve(name + ENDING));
  }

  /**
   * Fails now rather than after a long run if it cannot be written; makes its folder.
   *
   * @throws IOException saying why
   */
  public void requireWritable() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    boolean isNew = Files.notExists(file);
    Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (isNew) {
      Files.delete(file);
    }
  }

  /**
   * Appends figures.
   *
   * @throws IOException if it cannot be written
   */
  public void append(List<SavedFigure> figures) throws IOException {
    Files.write(
        file,
        figures.stream().map(JsonLine::of).toList(),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /**
   * All figures, the oldest first.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if a line is no figure, saying which
   */
  public List<SavedFigure> read() throws IOException {
    List<SavedFigure> figures = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      figures.add(parse(i + 1, lines.get(i)));
    }
    return figures;
  }

  private SavedFigure parse(int number, String line) {
    try {
      SavedFigure figure = JsonLine.parse(line, SavedFigure.class);
      if (figure != null) {
        return figure;
      }
    } catch (RuntimeException e) { // Gson wraps what the constructor throws in one of its own
      throw new IllegalArgumentException(file + ", line " + number + ": not a figure", e);
    }
    throw new IllegalArgumentException(file + ", line " + number + ": not a figure");
  }
}
