package hak.bench.trace;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Trace files: {@code .hkt} and {@code .hkt.gz}. The content tells which it is, not the name. */
public final class TraceFile {
  private static final int GZIP_MAGIC_0 = 0x1f;
  private static final int GZIP_MAGIC_1 = 0x8b;

  private TraceFile() {}

  /**
   * Reads a trace as a program to replay.
   *
   * @throws TraceException if the file cannot be read or is not a valid trace
   */
  public static Program read(Path file) {
    ProgramBuilder program = newProgram();
    read(file, program);
    return program.build();
  }

  /**
   * Reads a trace, twice, as a program for its threads.
   *
   * @throws TraceException if the file cannot be read or is not a valid trace, or too many threads
   *     live at once
   */
  public static ParallelProgram readThreads(Path file) {
    requireReadableAgain(file);
    return ThreadedTrace.program(file.toString(), sink -> read(file, sink));
  }

  /**
   * Reads a trace.
   *
   * @param sink is told its events, up to the first that is not valid
   * @throws TraceException if the file cannot be read or is not a valid trace
   */
  public static void read(Path file, TraceEvents sink) {
    try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      requireSomething(in, file);
      read(in, file.toString(), sink);
    } catch (NoSuchFileException e) {
      throw new TraceException(file.toString(), -1, "no such file", e);
    } catch (IOException e) {
      throw new TraceException(file.toString(), -1, "cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Refuses what can be read only once, for who reads a trace again: a pipe with a name would wait
   * for another writer for ever.
   *
   * @throws TraceException if the file is a pipe, a socket or a device
   */
  public static void requireReadableAgain(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      throw writeToAFileFirst(file, "can be read only once");
    }
  }

  /** A pipe is empty when it is read again; that is no damage. */
  private static void requireSomething(BufferedInputStream in, Path file) throws IOException {
    in.mark(1);
    if (in.read() < 0 && !Files.isRegularFile(file)) {
      throw writeToAFileFirst(file, "nothing to read");
    }
    in.reset();
  }

  private static TraceException writeToAFileFirst(Path file, String why) {
    return new TraceException(
        file.toString(), -1, why + "; a pipe must be written to a file first", null);
  }

  /** The name of the trace in a file: the file's name without its endings. */
  public static String nameOf(Path file) {
    Path last = file.getFileName();
    String name = last == null ? file.toString() : last.toString();
    return withoutEnding(withoutEnding(name, ".gz"), ".hkt");
  }

  private static String withoutEnding(String name, String ending) {
    return name.length() > ending.length() && name.endsWith(ending)
        ? name.substring(0, name.length() - ending.length())
        : name;
  }

  /** What a file announces is not trusted with memory: a short one may announce a billion. */
  static ProgramBuilder newProgram() {
    return new ProgramBuilder(1 << 16);
  }

  /** Reads a trace from a stream; {@code name} is for messages. */
  static void read(InputStream stream, String name, TraceEvents sink) {
    try {
      BufferedInputStream in = new BufferedInputStream(stream, 1 << 16);
      in.mark(2);
      boolean zipped = in.read() == GZIP_MAGIC_0 && in.read() == GZIP_MAGIC_1;
      in.reset();
      if (!zipped) {
        new TraceReader(new TraceBytes(in, name), sink).read();
        return;
      }
      try (InputStream source = new GunzipStream(in)) {
        readZipped(source, name, sink);
      }
    } catch (IOException e) {
      throw new TraceException(name, -1, "cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Damage often unzips to wrong bytes before it shows; then it is the damage that is told, and not
   * these.
   */
  private static void readZipped(InputStream source, String name, TraceEvents sink)
      throws IOException {
    try {
      new TraceReader(new TraceBytes(source, name), sink).read();
    } catch (TraceException e) {
      if (e.getCause() instanceof IOException) {
        throw e;
      }
      try {
        source.transferTo(OutputStream.nullOutputStream());
      } catch (IOException damage) {
        e.addSuppressed(damage);
        throw new TraceException(name, e.offset(), damage.getMessage(), e);
      }
      throw e;
    }
  }
}
