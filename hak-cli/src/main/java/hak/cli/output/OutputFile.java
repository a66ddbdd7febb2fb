package hak.cli.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A file that a command writes at its end.
 *
 * @param option the option that names it
 * @param name as given
 */
public record OutputFile(String option, String name) {
  /** Fails now rather than after a long run if the file cannot be written. */
  public void requireWritable(CommandLine command) {
    try {
      Path file = Path.of(name);
      boolean isNew = Files.notExists(file);
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      if (isNew) {
        Files.delete(file);
      }
    } catch (IOException | InvalidPathException e) {
      throw new ParameterException(
          command, option + ": cannot write " + name + ": " + IoReason.ofWriting(e), e);
    }
  }

  /** Writes it. */
  public void write(String text) {
    try {
      Files.writeString(Path.of(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + name, e);
    }
  }
}
