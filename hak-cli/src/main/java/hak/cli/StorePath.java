package hak.cli;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A store as a command line names it: a file, or by a name without {@code /} one in {@code
 * /dev/shm}.
 */
record StorePath(Path file) {
  private static final String MEMORY = "/dev/shm";

  /** Makes picocli read one. */
  static final class Converter implements ITypeConverter<StorePath> {
    @Override
    public StorePath convert(String value) {
      if (value.isBlank()) {
        throw new TypeConversionException("a store has a name");
      }
      try {
        boolean isFile = value.contains(File.separator);
        return new StorePath(isFile ? Path.of(value) : Path.of(MEMORY, value));
      } catch (InvalidPathException e) {
        throw new TypeConversionException("no path: " + e.getMessage());
      }
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
