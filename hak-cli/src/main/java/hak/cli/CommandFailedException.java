package hak.cli;

import java.io.Serial;

/** A command cannot go on; the message says in a line why and is all that is printed. */
final class CommandFailedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int exitCode;

  CommandFailedException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  static CommandFailedException badInput(String message) {
    return new CommandFailedException(ExitCode.BAD_INPUT, message, null);
  }

  static CommandFailedException failed(String message) {
    return new CommandFailedException(ExitCode.FAILED, message, null);
  }

  int exitCode() {
    return exitCode;
  }
}
