package hak.cli;

import hak.cli.command.StandardStreams;
import hak.cli.output.Page;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Runs the command in this JVM and keeps what it printed. */
public final class Cli {
  /** What a command did. */
  public record Result(int exitCode, String out, String err) {
    public List<String> errLines() {
      return err.lines().toList();
    }
  }

  public static Result hak(String... args) {
    return hak(StandardStreams.ofProcess(), args);
  }

  /** With other streams for bytes. */
  public static Result hak(StandardStreams streams, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        HakCommand.commandLine(streams)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(args);
    return new Result(exitCode, out.toString(), err.toString());
  }

  /** As where standard output is a terminal with colours. */
  public static Result hakOnTerminal(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        HakCommand.commandLine()
            .setOut(new Page(new PrintWriter(out), Ansi.ON))
            .setErr(new PrintWriter(err))
            .execute(args);
    return new Result(exitCode, out.toString(), err.toString());
  }

  private Cli() {}
}
