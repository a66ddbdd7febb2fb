package hak.cli;

import hak.cli.command.PrintedOutput;
import hak.cli.output.Page;
import hak.cli.output.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine.Help;

/** Starts the {@code hak} command. */
public final class Main {
  private Main() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    PrintedOutput output = new PrintedOutput(new FileOutputStream(FileDescriptor.out));
    PrintWriter out = new PrintWriter(output, false, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    int exitCode =
        HakCommand.commandLine()
            .setColorScheme(Help.defaultColorScheme(Terminal.OUT.ansi()))
            .setOut(new Page(out, Terminal.OUT.ansi()))
            .setErr(new Page(err, Terminal.ERR.ansi()))
            .execute(args);
    out.flush();
    int endsWith = output.exitCode(exitCode, err);
    err.flush();
    System.exit(endsWith);
  }
}
