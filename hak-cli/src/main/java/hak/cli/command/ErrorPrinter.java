package hak.cli.command;

import hak.bench.trace.TraceException;
import hak.cli.output.IoReason;
import hak.cli.output.Page;
import hak.core.profile.ProfileException;
import hak.store.StoreAccessException;
import hak.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what a command throws into lines on standard error and an exit code. */
public final class ErrorPrinter implements IParameterExceptionHandler, IExecutionExceptionHandler {
  @Override
  public int handleParseException(ParameterException exception, String[] args) {
    CommandLine command = exception.getCommandLine();
    Page err = Page.ofErrors(command);
    err.printError("hak: " + message(exception));
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.BAD_INPUT;
  }

  private static String message(ParameterException exception) {
    return exception instanceof UnmatchedArgumentException unmatched
        ? UnknownWord.message(unmatched)
        : exception.getMessage();
  }

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult parsed) {
    return print(exception, command);
  }

  /** Prints what went wrong; also for errors such as {@link OutOfMemoryError}. */
  public static int print(Throwable thrown, CommandLine command) {
    Page err = Page.ofErrors(command);
    command.getOut().flush();
    messages(thrown).forEach(err::printError);
    printTraceIfAsked(thrown, command);
    return exitCode(thrown);
  }

  /** Prints the stack trace where {@code --debug} is given. */
  static void printTraceIfAsked(Throwable thrown, CommandLine command) {
    if (isDebug(command)) {
      thrown.printStackTrace(command.getErr());
    }
  }

  /** Why something failed that was one of several. */
  static String reason(Exception exception) {
    return switch (exception) {
      case StoreException store -> store.getMessage();
      case IOException io -> IoReason.of(io);
      default -> exception.toString();
    };
  }

  private static List<String> messages(Throwable thrown) {
    return switch (thrown) {
      case ProfileException profile -> profile.errors();
      case TraceException trace -> List.of(trace.getMessage());
      case CommandFailedException failed -> List.of("hak: " + failed.getMessage());
      case StoreException store -> List.of("hak: " + store.getMessage());
      case OutOfMemoryError memory -> List.of("hak: out of memory: " + memory.getMessage());
      case IllegalCallerException noNativeAccess -> List.of("hak: " + noNativeAccess.getMessage());
      case UncheckedIOException io -> List.of("hak: " + io.getMessage());
      case UnsupportedOperationException system -> List.of("hak: " + system.getMessage());
      default -> List.of("hak: unexpected error: " + thrown + " (--debug prints where)");
    };
  }

  private static int exitCode(Throwable thrown) {
    return switch (thrown) {
      case ProfileException _, TraceException _, StoreAccessException _ -> ExitCode.BAD_INPUT;
      case CommandFailedException failed -> failed.exitCode();
      default -> ExitCode.FAILED;
    };
  }

  private static boolean isDebug(CommandLine command) {
    return RootCommand.of(command).debug();
  }
}
