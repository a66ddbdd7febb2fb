package hak.cli;

import hak.core.Hak;
import hak.core.spi.Profile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the shipped profiles. */
@Command(
    name = "list",
    description = "Lists the shipped profiles and the boxes of each.",
    footer = "  hak profile list")
final class ProfileListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    TextTable table =
        new TextTable("profile", "caches", "tiers", "superslabs", "guards", "observers");
    for (String name : Hak.profiles()) {
      Profile profile = Hak.profile(name);
      table.row(
          name,
          String.join(", ", profile.caches()),
          String.join(", ", profile.tiers()),
          String.join(", ", profile.superslabs()),
          String.join(", ", profile.guards()),
          String.join(", ", profile.observers()));
    }
    table.print(spec.commandLine().getOut(), "");
    return ExitCode.FINE;
  }
}
