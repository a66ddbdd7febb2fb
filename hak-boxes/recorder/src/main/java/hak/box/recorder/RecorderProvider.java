package hak.box.recorder;

import hak.core.spi.BoxContext;
import hak.core.spi.Observer;
import hak.core.spi.ObserverProvider;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Names the observer. */
public final class RecorderProvider implements ObserverProvider {
  private static final Option FILE =
      Option.list(
          "file",
          "one file",
          RecorderProvider::requirePath,
          "Where to: a path, relative to where the program runs. Nothing is recorded without one; a"
              + " file that is there stays, and -2, -3, ... is put to the name.");

  private static final Option CALLS =
      Option.count(
          "calls",
          "calls",
          1,
          1L << 30,
          1L << 30,
          "The recording ends after so many, a reallocation counts as two; the program goes on.");

  @Override
  public String id() {
    return "recorder";
  }

  @Override
  public String summary() {
    return "writes every call of the stack to a file, for hak trace convert";
  }

  @Override
  public List<Option> options() {
    return List.of(FILE, CALLS);
  }

  private static void requirePath(String text) {
    try {
      if (Path.of(text).getFileName() == null) {
        throw new IllegalArgumentException("\"" + text + "\" is no file");
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public Observer create(BoxContext context) {
    Settings settings = context.settings();
    List<String> files = settings.list(FILE.name());
    if (files.size() > 1) {
      throw new IllegalArgumentException("recorder: one file, not " + files);
    }
    return new Recorder(
        files.isEmpty() ? null : Path.of(files.getFirst()), settings.number(CALLS.name()));
  }
}
