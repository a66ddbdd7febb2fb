package hak.cli.store;

import hak.cli.command.CommandFailedException;
import hak.cli.command.ExitCode;
import hak.cli.command.Failures;
import hak.cli.command.ReportCommand;
import hak.cli.command.RootCommand;
import hak.cli.output.IoReason;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreException;
import hak.store.StoreStats;
import hak.store.WritableObject;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies files into a store. */
@Command(
    name = "put",
    description = {
      "Copies files into a store and prints the ref of each; with several, the file behind it.",
      "",
      "An object is seen by others when all of it is there. A file that cannot be put does not keep"
          + " the others from it: a line on standard error for each, and exit code 1."
    },
    footer = {
      "  hak store put models weights.bin",
      "  hak store put models weights.bin --name weights",
      "  hak store put models part-*.bin",
      "  tar c src | hak store put models - --name src.tar"
    })
final class StorePutCommand extends ReportCommand<StorePutCommand.Report> {
  private static final String STANDARD_INPUT = "-";
  private static final int BUFFER_BYTES = 1 << 20;

  @Mixin private StorePath path;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "What to put; '-' is standard input.")
  private List<String> files;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "The name of the object, up to 120 bytes of UTF-8, not beginning with '@'; for one FILE.",
      converter = ObjectArgument.NameConverter.class)
  private String name;

  @Option(
      names = "--type",
      paramLabel = "N",
      defaultValue = "0",
      description = "A number that says of which type the objects are (default: ${DEFAULT-VALUE}).")
  private int type;

  @Option(
      names = "--metadata",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What else is to be said of them, up to 256 bytes of UTF-8.")
  private String metadata;

  /** What was put and what not. */
  record Report(List<Map<String, Object>> objects, Failures failures) {}

  @Override
  protected Report report(ProgressLine progress) {
    checkFiles();
    ObjectMetadata said = said();
    Report report = new Report(new ArrayList<>(), new Failures(commandLine()));
    try (ObjectStore store = path.open()) {
      for (String file : files) {
        try {
          report.objects().add(put(store, file, said, progress));
        } catch (StoreException | IOException e) {
          report.failures().add(file, e);
        }
      }
    }
    return report;
  }

  @Override
  protected ProgressLine progressLine(boolean quiet) {
    return ProgressLine.ofBytes(quiet);
  }

  @Override
  protected String json(Report report) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("path", path.path().toString());
    result.put("objects", report.objects());
    result.put("failures", report.failures().asList());
    return Json.of(result);
  }

  @Override
  protected void printFailures(Report report, Page errors) {
    report.failures().printCount("put", files.size());
  }

  @Override
  protected int exitCode(Report report) {
    return report.failures().exitCode();
  }

  private ObjectMetadata said() {
    try {
      return ObjectMetadata.of(type, metadata);
    } catch (IllegalArgumentException e) {
      throw badInput("--metadata: " + e.getMessage(), e);
    }
  }

  /** Refuses before anything is put what cannot be read. */
  private void checkFiles() {
    if (name != null && files.size() > 1) {
      throw badInput("--name is for one FILE, these are " + files.size(), null);
    }
    if (Collections.frequency(files, STANDARD_INPUT) > 1) {
      throw badInput("standard input can be put once only", null);
    }
    for (String file : files) {
      try {
        if (!file.equals(STANDARD_INPUT)) {
          checkFile(Path.of(file));
        }
      } catch (IOException | InvalidPathException e) {
        throw new CommandFailedException(
            ExitCode.BAD_INPUT, file + ": " + IoReason.of(e) + "; nothing was put", e);
      }
    }
  }

  private static void checkFile(Path file) throws IOException {
    if (Files.notExists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (Files.isDirectory(file)) {
      throw new IOException("is a folder");
    }
    if (!Files.isReadable(file)) {
      throw new IOException("permission denied");
    }
  }

  private Map<String, Object> put(
      ObjectStore store, String file, ObjectMetadata said, ProgressLine progress)
      throws IOException {
    boolean standardInput = file.equals(STANDARD_INPUT);
    try (SizedInput input =
        standardInput
            ? SizedInput.copyOf(RootCommand.of(commandLine()).streams().in(), room(store))
            : SizedInput.open(Path.of(file), room(store))) {
      ObjectRef ref = copy(store, input, file, said, progress);
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("file", file);
      object.put("ref", ref.toString());
      object.put("name", name);
      object.put("sizeBytes", input.sizeBytes());
      if (!isQuiet()) {
        page().println(files.size() > 1 ? ref + "  " + file : ref.toString());
        page().flush();
      }
      return object;
    }
  }

  /** Bytes that can be put: input without an end is read no farther. */
  private static long room(ObjectStore store) {
    StoreStats stats = store.stats();
    return stats.eviction() ? stats.capacityBytes() : stats.capacityBytes() - stats.usedBytes();
  }

  private ObjectRef copy(
      ObjectStore store, SizedInput input, String file, ObjectMetadata said, ProgressLine progress)
      throws IOException {
    long size = input.sizeBytes();
    try (progress;
        WritableObject object =
            name == null ? store.create(size, said) : store.create(name, size, said)) {
      ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER_BYTES, size + 1));
      long done = 0;
      while (input.read(buffer.clear()) >= 0) {
        object.append(MemorySegment.ofBuffer(buffer.flip()));
        done += buffer.limit();
        progress.advanced("put", file, done, size);
      }
      return object.seal();
    }
  }
}
