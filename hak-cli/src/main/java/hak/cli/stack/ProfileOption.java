package hak.cli.stack;

import hak.core.profile.Profile;
import java.util.List;
import picocli.CommandLine.Option;

/** The option {@code --profile} of several commands. */
public final class ProfileOption {
  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "default",
      description = "Name of a shipped profile, or a file (default: ${DEFAULT-VALUE}).",
      completionCandidates = ProfileArgument.Names.class,
      converter = ProfileArgument.Converter.class)
  private ProfileArgument argument;

  public String text() {
    return argument.text();
  }

  /** The profile, checked, so that its errors come before a long run. */
  public Profile profile() {
    return ProfileArgument.readAll(List.of(argument)).getFirst();
  }
}
