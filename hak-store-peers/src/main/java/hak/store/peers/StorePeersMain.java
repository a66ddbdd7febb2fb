package hak.store.peers;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ./hak store-peers}. */
@Command(
    name = "hak store-peers",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100,
    description = {
      "Compares the object store with LMDB, Chronicle Map, Redis, and a plain copy with a hash map,"
          + " each in a process of its own, rounds in turn.",
      "",
      "Ratios below 1 mean that HAK is faster. A peer that is not installed is named and left out."
    })
final class StorePeersMain implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Timed rounds of each contestant (default: ${DEFAULT-VALUE}).")
  private int rounds = 15;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "Where the files of the stores are (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("/dev/shm");

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result as JSON to FILE, besides the tables.")
  private Path json;

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StorePeersMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--rounds is " + rounds + "; it must be 1 or more");
    }
    PeersReport report = StorePeers.run(folder, PeersScale.FULL, rounds);
    PeersTable.print(report, spec.commandLine().getOut());
    if (json != null) {
      Files.writeString(json, new GsonBuilder().setPrettyPrinting().create().toJson(report) + "\n");
    }
    return 0;
  }
}
