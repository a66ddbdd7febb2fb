package hak.cli.output;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;

/** Standard output of a command, for lines and tables. Numbers are the same in every locale. */
public final class Page extends PrintWriter {
  private Page(PrintWriter out) {
    super(out);
  }

  public static Page of(CommandLine command) {
    return new Page(command.getOut());
  }

  public void print(TextTable table) {
    print(table, "");
  }

  /** Prints a table, each line after {@code indent}. */
  public void print(TextTable table, String indent) {
    table.lines().forEach(line -> println(indent + line));
  }

  @Override
  @SuppressWarnings("AnnotateFormatMethod") // the check knows PrintWriter's
  public PrintWriter format(String format, Object... arguments) {
    return format(Locale.ROOT, format, arguments);
  }
}
