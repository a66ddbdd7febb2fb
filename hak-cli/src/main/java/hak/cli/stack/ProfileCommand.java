package hak.cli.stack;

import hak.cli.command.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands about profiles; without one of them it prints its help. */
@Command(
    name = "profile",
    description = "Lists, shows and checks profiles.",
    footer = {
      "  hak profile list",
      "  hak profile show default",
      "  hak profile check mine.toml theirs.toml",
      "  hak profile asm default"
    },
    subcommands = {
      ProfileAsmCommand.class,
      ProfileCheckCommand.class,
      ProfileListCommand.class,
      ProfileShowCommand.class
    })
public final class ProfileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.FINE;
  }
}
