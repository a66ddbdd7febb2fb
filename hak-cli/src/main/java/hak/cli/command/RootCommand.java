package hak.cli.command;

import picocli.CommandLine;

/** What the root of a command line has for all commands below it. */
public interface RootCommand {
  /** The root that a command belongs to. */
  static RootCommand of(CommandLine command) {
    return (RootCommand) command.getCommandSpec().root().userObject();
  }

  /** Whether the stack traces of errors are printed. */
  boolean debug();

  /** The streams for bytes that are no text. */
  StandardStreams streams();
}
