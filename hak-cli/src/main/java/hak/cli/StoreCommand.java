package hak.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands about object stores; without one of them it prints its help. */
@Command(
    name = "store",
    description = "Shares large objects with other processes of this machine.",
    subcommands = {StoreBenchCommand.class})
final class StoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.FINE;
  }
}
