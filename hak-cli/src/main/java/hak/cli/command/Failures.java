package hak.cli.command;

import hak.cli.output.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Which of several things a command could not do: a line for each at once, and how many. */
public final class Failures {
  private final CommandLine command;
  private final List<Map<String, Object>> failures = new ArrayList<>();

  public Failures(CommandLine command) {
    this.command = command;
  }

  /** Tells that one of them failed. */
  public void add(String what, Exception why) {
    String reason = ErrorPrinter.reason(why);
    Map<String, Object> failure = new LinkedHashMap<>();
    failure.put("what", what);
    failure.put("error", reason);
    failures.add(failure);
    command.getOut().flush();
    Page.ofErrors(command).printError("hak: " + what + ": " + reason);
    ErrorPrinter.printTraceIfAsked(why, command);
  }

  public List<Map<String, Object>> asList() {
    return failures;
  }

  /**
   * Tells how many failed, if any did.
   *
   * @param done what was done to the others, such as "put"
   * @param of how many there were
   */
  public void printCount(String done, int of) {
    if (!failures.isEmpty() && of > 1) {
      Page.ofErrors(command)
          .printError(
              "hak: %d of %d %s, not %s"
                  .formatted(
                      of - failures.size(),
                      of,
                      done,
                      String.join(
                          ", ", failures.stream().map(f -> f.get("what").toString()).toList())));
    }
  }

  public int exitCode() {
    return failures.isEmpty() ? ExitCode.FINE : ExitCode.FAILED;
  }
}
