package hak.cli.output;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --json} of several commands. */
public final class JsonTarget {
  private static final String STANDARD_OUTPUT = "-";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Write the result as JSON to FILE; '-' is standard output, which then has nothing else.")
  private String target;

  /** Whether standard output is for the JSON alone. */
  public boolean isStandardOutput() {
    return STANDARD_OUTPUT.equals(target);
  }

  /** Fails now rather than after a long run if the file cannot be written. */
  public void requireWritable() {
    if (target != null && !isStandardOutput()) {
      file().requireWritable(command.commandLine());
    }
  }

  /** Writes the JSON to where it was asked for; nothing if it was not. */
  public void write(String json) {
    if (isStandardOutput()) {
      PrintWriter out = command.commandLine().getOut();
      out.println(json);
      out.flush();
    } else if (target != null) {
      file().write(json + System.lineSeparator());
    }
  }

  private OutputFile file() {
    return new OutputFile("--json", target);
  }
}
