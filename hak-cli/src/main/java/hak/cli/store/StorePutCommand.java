package hak.cli.store;

import hak.cli.command.CommandFailedException;
import hak.cli.command.ExitCode;
import hak.cli.command.Failures;
import hak.cli.command.RootCommand;
import hak.cli.output.IoReason;
import hak.cli.output.Json;
import hak.cli.output.JsonTarget;
import hak.cli.output.ProgressLine;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreException;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class StorePutCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";
  private static final int BUFFER_BYTES = 1 << 20;

  @Spec private CommandSpec spec;
  @Mixin private StorePath path;
  @Mixin private JsonTarget json;

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

  private final List<Map<String, Object>> objects = new ArrayList<>();

  @Override
  public Integer call() {
    json.requireWritable();
    checkFiles();
    Failures failures = new Failures(spec.commandLine());
    try (ObjectStore store = path.open()) {
      for (String file : files) {
        try {
          put(store, file);
        } catch (StoreException | IOException e) {
          failures.add(file, e);
        }
      }
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("path", path.path().toString());
    result.put("objects", objects);
    result.put("failures", failures.asList());
    json.write(Json.of(result));
    return failures.finish("put", files.size());
  }

  /** Refuses before anything is put what cannot be read. */
  private void checkFiles() {
    if (name != null && files.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--name is for one FILE, these are " + files.size());
    }
    if (Collections.frequency(files, STANDARD_INPUT) > 1) {
      throw new ParameterException(spec.commandLine(), "standard input can be put once only");
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

  private void put(ObjectStore store, String file) throws IOException {
    boolean standardInput = file.equals(STANDARD_INPUT);
    try (SizedInput input =
        standardInput
            ? SizedInput.copyOf(RootCommand.of(spec).streams().in())
            : SizedInput.open(Path.of(file))) {
      ObjectRef ref = copy(store, input, file);
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("file", file);
      object.put("ref", ref.toString());
      object.put("name", name);
      object.put("sizeBytes", input.sizeBytes());
      objects.add(object);
      if (!json.isStandardOutput()) {
        spec.commandLine().getOut().println(files.size() > 1 ? ref + "  " + file : ref.toString());
        spec.commandLine().getOut().flush();
      }
    }
  }

  private ObjectRef copy(ObjectStore store, SizedInput input, String file) throws IOException {
    long size = input.sizeBytes();
    try (WritableObject object = name == null ? store.create(size) : store.create(name, size);
        ProgressLine progress = ProgressLine.startBytes(json.isStandardOutput())) {
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
