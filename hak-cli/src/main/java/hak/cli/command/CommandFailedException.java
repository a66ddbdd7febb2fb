package hak.cli.command;

import java.io.Serial;

/** A command cannot go on; the message says in a line why and is all that is printed. */
public final class CommandFailedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int exitCode;

  public CommandFailedException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public static CommandFailedException badInput(String message) {
    return new CommandFailedException(ExitCode.BAD_INPUT, message, null);
  }

  public static CommandFailedException failed(String message) {
    return new CommandFailedException(ExitCode.FAILED, message, null);
  }

  int exitCode() {
    return exitCode;
  }
}
