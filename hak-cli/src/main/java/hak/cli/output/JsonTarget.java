package hak.cli.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    if (target == null || isStandardOutput()) {
      return;
    }
    try {
      Path file = Path.of(target);
      boolean isNew = Files.notExists(file);
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      if (isNew) {
        Files.delete(file);
      }
    } catch (IOException | InvalidPathException e) {
      throw new ParameterException(
          command.commandLine(),
          "--json: cannot write " + target + ": " + IoReason.ofWriting(e),
          e);
    }
  }

  /** Writes the JSON to where it was asked for; nothing if it was not. */
  public void write(String json) {
    if (isStandardOutput()) {
      PrintWriter out = command.commandLine().getOut();
      out.println(json);
      out.flush();
    } else if (target != null) {
      try {
        Files.writeString(Path.of(target), json + System.lineSeparator());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + target, e);
      }
    }
  }
}
