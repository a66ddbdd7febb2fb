package hak.cli.store;

import hak.store.ObjectStore;
import hak.store.Sharing;
import hak.store.StoreOptions;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The parameter PATH of the commands about stores: a file, or the name of one in /dev/shm. */
final class StorePath {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  @Parameters(
      index = "0",
      paramLabel = "PATH",
      description = "The store: a file if there is a '/' in it, else a name in /dev/shm.",
      converter = Converter.class)
  private Path path;

  /** Makes picocli read one. */
  static final class Converter implements ITypeConverter<Path> {
    @Override
    public Path convert(String value) {
      try {
        Path path = Path.of(value);
        if (value.isEmpty() || path.getFileName() == null) {
          throw new TypeConversionException("'" + value + "' names no file");
        }
        if (value.indexOf(ObjectArgument.NOT_DECODED) >= 0) {
          throw new TypeConversionException(
              "'"
                  + value
                  + "' is not in the encoding of the locale (try LC_ALL=C.UTF-8); a name of other"
                  + " bytes does not reach a Java program");
        }
        Path file = value.contains(File.separator) ? path : SHARED_MEMORY.resolve(path);
        return file.toAbsolutePath().normalize();
      } catch (InvalidPathException e) {
        throw new TypeConversionException("'" + value + "' names no file: " + e.getReason());
      }
    }
  }

  Path path() {
    return path;
  }

  /** Opens the store, which must be there. */
  ObjectStore open() {
    return ObjectStore.open(
        path, StoreOptions.DEFAULT.withCreate(false).withSharing(Sharing.GROUP));
  }
}
