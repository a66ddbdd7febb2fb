package hak.cli;

import hak.core.HakAllocator;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a profile's resolved stack. */
@Command(
    name = "show",
    description = "Opens a profile and prints its stack, from the caller down.",
    footer = {"  hak profile show default", "  hak profile show mine.toml"})
final class ProfileShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PROFILE",
      description = "Name of a shipped profile, or a file.",
      converter = ProfileArgument.Converter.class)
  private ProfileArgument profile;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (HakAllocator heap = profile.open()) {
      out.print(heap.describe());
    }
    return ExitCode.FINE;
  }
}
