package hak.cli.trace;

import hak.bench.trace.TraceCount;
import hak.bench.trace.TraceCut;
import hak.bench.trace.TraceWriter;
import hak.cli.command.CommandFailedException;
import hak.cli.command.ExitCode;
import hak.cli.output.IoReason;
import hak.cli.output.TextTable;
import hak.cli.output.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a part of a trace. */
@Command(
    name = "cut",
    description = {
      "Writes a part of a trace as a trace of its own.",
      "",
      "Of blocks that were allocated before the part, a free is left out and a reallocation becomes"
          + " an allocation."
    },
    footer = {"  hak trace cut big.hkt.gz part.hkt.gz --first 1000000 --events 500000"})
final class TraceCutCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "TRACE",
      description = "A file (.hkt, .hkt.gz), or the name of a shipped trace.",
      completionCandidates = TraceArgument.Names.class,
      converter = TraceArgument.Converter.class)
  private TraceArgument trace;

  @Parameters(index = "1", paramLabel = "FILE", description = "Where the part is written, zipped.")
  private Path file;

  @Option(
      names = "--first",
      paramLabel = "N",
      description = "The first call of the part, from 0 (default: ${DEFAULT-VALUE}).")
  private long first;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many calls from there on (default: all).")
  private long events = Long.MAX_VALUE;

  @Override
  public Integer call() {
    if (first < 0 || events < 1) {
      throw new ParameterException(
          spec.commandLine(), "--first must be 0 or more, --events 1 or more");
    }
    TraceCount[] written = new TraceCount[1];
    try {
      WholeFile.requireWritable(file);
      WholeFile.write(
          file,
          out -> {
            OutputStream stream = Channels.newOutputStream(out);
            written[0] =
                TraceWriter.write(stream, sink -> trace.read(new TraceCut(sink, first, events)));
          });
    } catch (IOException e) {
      throw CommandFailedException.badInput("cannot write " + file + ": " + IoReason.ofWriting(e));
    }
    spec.commandLine()
        .getOut()
        .printf("%s calls in %s%n", TextTable.grouped(written[0].events()), file);
    return ExitCode.FINE;
  }
}
