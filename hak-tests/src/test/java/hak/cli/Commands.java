package hak.cli;

import picocli.CommandLine;

/** The command and its subcommands, for tests of other packages. */
public final class Commands {
  public static CommandLine all() {
    return HakCommand.commandLine();
  }

  private Commands() {}
}
