package hak.cli.output;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * Standard output or standard error of a command, for lines and tables, in colour where it is a
 * terminal. Numbers are the same in every locale.
 */
public final class Page extends PrintWriter {
  private final Ansi ansi;

  public Page(PrintWriter out, Ansi ansi) {
    super(out);
    this.ansi = ansi;
  }

  /** Standard output of a command. */
  public static Page of(CommandLine command) {
    return of(command.getOut());
  }

  /** Standard error of a command. */
  public static Page ofErrors(CommandLine command) {
    return of(command.getErr());
  }

  /** The writer that the command line was given; one that is no page has no colours. */
  private static Page of(PrintWriter writer) {
    return writer instanceof Page page ? page : new Page(writer, Ansi.OFF);
  }

  public Ansi ansi() {
    return ansi;
  }

  public String paint(Paint paint, String text) {
    return paint.on(text, ansi);
  }

  /** Prints a line that says what went wrong. */
  public void printError(String line) {
    println(paint(Paint.ERROR, line));
  }

  public void print(TextTable table) {
    print(table, "");
  }

  /** Prints a table, each line after {@code indent}. */
  public void print(TextTable table, String indent) {
    table.lines(ansi).forEach(line -> println(indent + line));
  }

  @Override
  @SuppressWarnings("AnnotateFormatMethod") // the check knows PrintWriter's
  public PrintWriter format(String format, Object... arguments) {
    return format(Locale.ROOT, format, arguments);
  }
}
