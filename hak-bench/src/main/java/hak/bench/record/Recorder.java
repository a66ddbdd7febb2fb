package hak.bench.record;

import hak.bench.process.CompiledC;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Records the allocations of a program: its calls of malloc, calloc, realloc, free, aligned_alloc,
 * posix_memalign, memalign, valloc and pvalloc, and so those of C++'s new and delete. Not seen is
 * what a program takes from the system itself, by mmap or an allocator of its own.
 */
public final class Recorder {
  private static final String SOURCE = "/hak/bench/record/recorder.c";
  private static final List<String> OPTIONS =
      List.of("-std=gnu11", "-O2", "-fPIC", "-shared", "-fno-builtin");
  private static final String FILE_VARIABLE = "HAK_RECORDING";
  private static final String PRELOAD = "LD_PRELOAD";

  private final Path library;

  private Recorder(Path library) {
    this.library = library;
  }

  /**
   * Finds or compiles the library.
   *
   * @throws UncheckedIOException if compiling fails; the message has what the compiler said
   * @throws IllegalStateException if there is no C compiler, or the system is not Linux
   */
  public static Recorder prepare() {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new IllegalStateException("recording needs Linux");
    }
    return new Recorder(
        CompiledC.prepare("recorder", SOURCE, OPTIONS)
            .orElseThrow(() -> new IllegalStateException(CompiledC.MISSING)));
  }

  /**
   * A program that runs and is recorded. Its standard streams are those of this process. One thread
   * uses it.
   */
  public static final class Run implements AutoCloseable {
    private final List<String> command;
    private final Path raw;
    private final Process process;

    private Run(List<String> command, Path raw, Process process) {
      this.command = command;
      this.raw = raw;
      this.process = process;
    }

    /** Waits for its end. */
    public int await() throws InterruptedException {
      return process.waitFor();
    }

    /**
     * Writes the trace of the program, which has ended.
     *
     * @param out where to; not closed
     * @throws IOException if it cannot be written
     * @throws IllegalStateException if nothing was recorded; the message says why
     */
    public Recording writeTo(WritableByteChannel out) throws IOException {
      return RawTrace.write(
          raw,
          out,
          process.exitValue(),
          command.getFirst()
              + " has not loaded the recorder: is it statically linked, for another machine, or one"
              + " that runs as another user?");
    }

    /** Removes what was recorded, and ends the program if it still runs. */
    @Override
    public void close() throws IOException {
      process.destroy();
      Files.deleteIfExists(raw);
    }
  }

  /**
   * Starts a program.
   *
   * @param command the program and its arguments
   * @param raw a file that does not exist yet, for what is recorded: 24 bytes a call
   * @param eventLimit the recording ends after so many calls (a reallocation counts as two); the
   *     program goes on
   * @throws IOException if the program cannot be started, or the file not be made
   */
  public Run start(List<String> command, Path raw, long eventLimit) throws IOException {
    RawRecording.create(raw, eventLimit);
    try {
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      Map<String, String> environment = builder.environment();
      environment.put(FILE_VARIABLE, raw.toAbsolutePath().toString());
      environment.merge(PRELOAD, library.toString(), (others, own) -> own + ":" + others);
      return new Run(command, raw, builder.start());
    } catch (IOException e) {
      Files.deleteIfExists(raw);
      throw e;
    }
  }
}
