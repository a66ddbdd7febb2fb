package hak.cli.stack;

import hak.cli.command.ExitCode;
import hak.core.HakAllocator;
import hak.policy.ProfileText;
import hak.policy.ProfileWithOrigins;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a profile's resolved stack. */
@Command(
    name = "show",
    description =
        "Opens a profile and prints its stack, from the caller down, and the profile as a file.",
    footer = {"  hak profile show default", "  hak profile show default --toml > mine.toml"})
final class ProfileShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--toml", description = "Print the file only, without where values are set.")
  private boolean tomlOnly;

  @Parameters(
      paramLabel = "PROFILE",
      description = "Name of a shipped profile, or a file.",
      completionCandidates = ProfileArgument.Names.class,
      converter = ProfileArgument.Converter.class)
  private ProfileArgument profile;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (!tomlOnly) {
      try (HakAllocator heap = profile.open()) {
        out.println(heap.describe());
      }
      out.println("# The same as a file, with all that it inherits, and where each value is set:");
      out.print(ProfileWithOrigins.render(profile.readWithOrigins()));
    } else {
      out.print(ProfileText.render(profile.read()));
    }
    return ExitCode.FINE;
  }
}
