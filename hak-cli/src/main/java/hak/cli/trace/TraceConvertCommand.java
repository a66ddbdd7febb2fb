package hak.cli.trace;

import hak.bench.record.RawTrace;
import hak.bench.record.Recording;
import hak.cli.command.CommandFailedException;
import hak.cli.command.ExitCode;
import hak.cli.output.IoReason;
import hak.cli.output.Page;
import hak.cli.output.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a trace of what a Java program recorded. */
@Command(
    name = "convert",
    description = {
      "Writes what the box 'recorder' recorded of a Java program as a trace.",
      "",
      "A program records its calls of a stack whose profile has the observer 'recorder' with a file"
          + " to write to: 24 bytes a call. The program must have ended, or have closed the stack;"
          + " also what one did that was killed is there."
    },
    footer = {
      "  hak trace convert calls.raw calls.hkt.gz",
      "  hak run --trace calls.hkt.gz --verify"
    })
final class TraceConvertCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RECORDING", description = "What the box wrote.")
  private Path recording;

  @Parameters(index = "1", paramLabel = "FILE", description = "Where the trace is written, zipped.")
  private Path file;

  @Override
  public Integer call() {
    requireRecording();
    Recording[] written = new Recording[1];
    try {
      WholeFile.requireWritable(file);
      WholeFile.write(file, out -> written[0] = RawTrace.write(recording, out));
    } catch (IOException e) {
      throw CommandFailedException.badInput("cannot write " + file + ": " + IoReason.ofWriting(e));
    } catch (IllegalStateException nothingRecorded) {
      throw CommandFailedException.badInput(nothingRecorded.getMessage());
    }
    RecordingLines.print(written[0], file, Page.ofErrors(spec.commandLine()));
    return ExitCode.FINE;
  }

  /** It is mapped, so it must be a regular file. */
  private void requireRecording() {
    if (Files.notExists(recording)) {
      throw CommandFailedException.badInput(recording + ": no such file");
    }
    if (Files.isDirectory(recording)) {
      throw CommandFailedException.badInput(recording + ": a directory, not a file");
    }
    if (!Files.isRegularFile(recording)) {
      throw CommandFailedException.badInput(
          recording + ": not a regular file; write what it gives to one first");
    }
  }
}
