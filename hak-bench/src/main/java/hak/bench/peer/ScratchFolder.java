package hak.bench.peer;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.ProgramFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs on their way to other processes. Closing it deletes them, and so does an interrupt. */
public final class ScratchFolder implements AutoCloseable {
  private final Path folder;

  /** Makes one. */
  public ScratchFolder() {
    try {
      folder = Files.createTempDirectory("hak-bench");
      folder.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a program. */
  public StoredProgram write(ParallelProgram program, String name) {
    try {
      Path file = folder.resolve(name + ".program");
      file.toFile().deleteOnExit();
      ProgramFile.write(program, file);
      return StoredProgram.of(program, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
