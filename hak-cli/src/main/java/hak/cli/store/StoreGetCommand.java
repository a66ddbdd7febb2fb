package hak.cli.store;

import hak.cli.command.CommandFailedException;
import hak.cli.command.DurationArgument;
import hak.cli.command.ExitCode;
import hak.cli.command.ReportCommand;
import hak.cli.command.RootCommand;
import hak.cli.output.IoReason;
import hak.cli.output.Json;
import hak.cli.output.ProgressLine;
import hak.cli.output.WholeFile;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies an object out of a store. */
@Command(
    name = "get",
    description = {
      "Writes the bytes of an object to standard output or to a file, after its checksum was found"
          + " to be right.",
      "",
      "As cp does, -o replaces a file that is there; the new one appears when it is complete."
    },
    footer = {
      "  hak store get models weights -o weights.bin",
      "  hak store get models @10000a | sha256sum",
      "  hak store get models src.tar --wait 30s | tar x"
    })
final class StoreGetCommand extends ReportCommand<StoreGetCommand.Report> {
  private static final String STANDARD_OUTPUT = "-";
  private static final int BUFFER_BYTES = 1 << 20;

  @Mixin private StorePath path;

  /** What was copied. */
  record Report(ObjectRef ref, long sizeBytes) {}

  @Parameters(
      index = "1",
      paramLabel = "REF|NAME",
      description = "The object: its ref, which begins with '@', or its name.",
      converter = ObjectArgument.Converter.class)
  private ObjectArgument object;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = STANDARD_OUTPUT,
      description = "Where to write; '-', which is the default, is standard output.")
  private String output;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "Wait for an object that is not there yet or is being written: 500ms, 30s, 5m, 1h.",
      converter = DurationArgument.class)
  private Duration wait;

  @Override
  protected Report report(ProgressLine progress) throws InterruptedException {
    checkTargets();
    try (ObjectStore store = path.open();
        ObjectView view = wait == null ? object.get(store) : object.get(store, wait)) {
      if (!view.isIntact()) {
        throw CommandFailedException.failed(
            object + " is damaged: its checksum is wrong; see 'hak store verify --help'");
      }
      copy(view, progress);
      return new Report(view.ref(), view.sizeBytes());
    }
  }

  @Override
  protected ProgressLine progressLine(boolean quiet) {
    return ProgressLine.ofBytes(quiet);
  }

  @Override
  protected String json(Report report) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("path", path.path().toString());
    result.put("object", object.text());
    result.put("ref", report.ref().toString());
    result.put("sizeBytes", report.sizeBytes());
    result.put("file", output);
    return Json.of(result);
  }

  private void checkTargets() {
    if (isToStandardOutput()) {
      if (isQuiet()) {
        throw badInput(
            "the object and --json - both want standard output; name a file with -o or --json",
            null);
      }
      return;
    }
    try {
      WholeFile.requireWritable(Path.of(output));
    } catch (IOException | InvalidPathException e) {
      throw badInput("-o: cannot write " + output + ": " + IoReason.ofWriting(e), e);
    }
  }

  private boolean isToStandardOutput() {
    return output.equals(STANDARD_OUTPUT);
  }

  private void copy(ObjectView view, ProgressLine progress) {
    try {
      if (isToStandardOutput()) {
        write(view, Channels.newChannel(RootCommand.of(commandLine()).streams().out()), progress);
      } else {
        WholeFile.write(Path.of(output), out -> write(view, out, progress));
      }
    } catch (IOException e) {
      // Who reads may have had enough: hak store get ... | head -c 10
      if (!(isToStandardOutput() && "Broken pipe".equals(e.getMessage()))) {
        throw new CommandFailedException(
            ExitCode.FAILED,
            "cannot write "
                + (isToStandardOutput() ? "standard output" : output)
                + ": "
                + IoReason.ofWriting(e),
            e);
      }
    }
  }

  private void write(ObjectView view, WritableByteChannel out, ProgressLine progress)
      throws IOException {
    MemorySegment data = view.segment();
    long size = data.byteSize();
    for (long at = 0; at < size; at += BUFFER_BYTES) {
      ByteBuffer part = data.asSlice(at, Math.min(BUFFER_BYTES, size - at)).asByteBuffer();
      while (part.hasRemaining()) {
        out.write(part);
      }
      progress.advanced("get", object.text(), Math.min(at + BUFFER_BYTES, size), size);
    }
  }
}
