package hak.cli.trace;

import hak.bench.record.Recorder;
import hak.bench.record.Recording;
import hak.cli.command.CommandFailedException;
import hak.cli.command.StopRequest;
import hak.cli.output.IoReason;
import hak.cli.output.Page;
import hak.cli.output.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Records what a program allocates. */
@Command(
    name = "record",
    description = {
      "Runs a program and writes its allocations as a trace.",
      "",
      "Every call of malloc, calloc, realloc, free, aligned_alloc, posix_memalign and memalign is"
          + " recorded, of all threads, in the order in which they were made. Not seen is what a"
          + " program takes from the system itself (mmap, an allocator of its own), and what is"
          + " statically linked. Of the processes that the program starts, none is recorded; a"
          + " program that it becomes by exec is, in its place. It runs slower, by some 50 ns a"
          + " call, and takes 24 bytes of the disk for each while it runs.",
      "",
      "The exit code is the program's. Ctrl-C ends both, and what was recorded is written. Needs a"
          + " C compiler, once."
    },
    footer = {
      "  hak record lua script.lua",
      "  hak record --output ls.hkt.gz -- ls -l /usr/lib",
      "  hak run --trace ls.hkt.gz --verify"
    })
public final class RecordCommand implements Callable<Integer> {
  private static final long MOST_EVENTS = 1L << 30;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The program and its arguments; options of 'record' come before it.")
  private List<String> command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the trace is written, zipped (default: the program's name, .hkt.gz).")
  private Path output;

  @Option(
      names = "--limit",
      paramLabel = "CALLS",
      description =
          "Record so many calls at most, a reallocation counts as two; the program goes on"
              + " (default: ${DEFAULT-VALUE}).")
  private long limit = MOST_EVENTS;

  @Override
  public Integer call() throws InterruptedException {
    if (limit < 1 || limit > MOST_EVENTS) {
      throw new ParameterException(
          spec.commandLine(), "--limit is " + limit + "; it must be 1 to " + MOST_EVENTS);
    }
    Path file = output == null ? Path.of(programName() + ".hkt.gz") : output;
    try (StopRequest _ = StopRequest.listen()) {
      WholeFile.requireWritable(file);
      Recording recording = record(prepare(), file);
      RecordingLines.print(recording, file, Page.ofErrors(spec.commandLine()));
      return recording.exitCode();
    } catch (IOException e) {
      throw CommandFailedException.failed(
          "cannot record to " + file + ": " + IoReason.ofWriting(e));
    }
  }

  private String programName() {
    Path program = Path.of(command.getFirst()).getFileName();
    return program == null ? "program" : program.toString();
  }

  private static Recorder prepare() {
    try {
      return Recorder.prepare();
    } catch (IllegalStateException e) {
      throw CommandFailedException.failed(e.getMessage());
    }
  }

  private Recording record(Recorder recorder, Path file) throws IOException, InterruptedException {
    try (Recorder.Run run = start(recorder, file)) {
      run.await();
      Recording[] recording = new Recording[1];
      WholeFile.write(file, out -> recording[0] = run.writeTo(out));
      return recording[0];
    } catch (IllegalStateException nothingRecorded) {
      throw CommandFailedException.failed(nothingRecorded.getMessage());
    }
  }

  private Recorder.Run start(Recorder recorder, Path file) {
    String hidden = "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".raw";
    try {
      return recorder.start(command, file.toAbsolutePath().resolveSibling(hidden), limit);
    } catch (IOException e) {
      throw CommandFailedException.badInput("cannot record: " + e.getMessage());
    }
  }
}
