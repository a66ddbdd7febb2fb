package hak.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Runs the command in this JVM and keeps what it printed. */
final class Cli {
  /** What a command did. */
  record Result(int exitCode, String out, String err) {
    List<String> errLines() {
      return err.lines().toList();
    }
  }

  static Result hak(String... args) {
    return hak(StandardStreams.ofProcess(), args);
  }

  /** With other streams for bytes. */
  static Result hak(StandardStreams streams, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        HakCommand.commandLine(streams)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(args);
    return new Result(exitCode, out.toString(), err.toString());
  }

  private Cli() {}
}
