package hak.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;

/** Starts the {@code hak} command. */
public final class Main {
  private Main() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    // A PrintWriter keeps quiet when the reader of a pipe is gone: `hak boxes | head -1` ends well.
    PrintWriter out = new PrintWriter(System.out, false, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    int exitCode = HakCommand.commandLine().setOut(out).setErr(err).execute(args);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }
}
