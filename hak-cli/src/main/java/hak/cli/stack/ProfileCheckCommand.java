package hak.cli.stack;

import hak.cli.command.ExitCode;
import hak.cli.output.Page;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks profiles without opening them. */
@Command(
    name = "check",
    description = "Checks profiles without opening them and prints every error.",
    footer = "  hak profile check mine.toml theirs.toml")
final class ProfileCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PROFILE",
      description = "Names of shipped profiles, or files.",
      completionCandidates = ProfileArgument.Names.class,
      converter = ProfileArgument.Converter.class)
  private List<ProfileArgument> profiles;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Page err = Page.ofErrors(spec.commandLine());
    int exitCode = ExitCode.FINE;
    for (ProfileArgument profile : profiles) {
      List<String> errors = profile.errors();
      if (errors.isEmpty()) {
        out.println(profile + ": ok");
      } else {
        out.flush();
        errors.forEach(err::printError);
        exitCode = ExitCode.BAD_INPUT;
      }
    }
    return exitCode;
  }
}
