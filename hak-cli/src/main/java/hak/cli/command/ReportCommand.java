package hak.cli.command;

import hak.cli.output.Json;
import hak.cli.output.JsonTarget;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command that makes a report and shows it. In which order is the same for all:
 *
 * <pre>
 *   --json can be written?     before anything is done
 *   report, under a progress line
 *   tables                     unless standard output is for one of the files alone
 *   JSON, and other files
 *   failures                   on standard error
 *   exit code
 * </pre>
 *
 * @param <R> the report
 */
public abstract class ReportCommand<R> implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonTarget json;

  @Override
  public final Integer call() throws Exception {
    try {
      return reportAndPrint();
    } finally {
      finished();
    }
  }

  private int reportAndPrint() throws Exception {
    json.requireWritable();
    R report;
    try (ProgressLine progress = progressLine(isQuiet())) {
      report = report(progress);
    }
    if (!isQuiet()) {
      print(report, page());
    }
    json.write(json(report));
    writeFiles(report);
    page().flush();
    printFailures(report, Page.ofErrors(commandLine()));
    return exitCode(report);
  }

  /**
   * Does the work. Options that do not fit are refused before it begins, with {@link #badInput}.
   */
  protected abstract R report(ProgressLine progress) throws Exception;

  /** Prints the tables; nothing by default, for a command that prints as it goes. */
  protected void print(R report, Page page) {}

  /** The JSON text; by default that of the report as a record. */
  protected String json(R report) {
    return Json.of(report);
  }

  /** Writes files other than the JSON; none by default. */
  protected void writeFiles(R report) {}

  /** Prints what went wrong; nothing by default. */
  protected void printFailures(R report, Page errors) {}

  protected int exitCode(R report) {
    return ExitCode.FINE;
  }

  /** Called when all is written, or nothing more will be. */
  protected void finished() {}

  /** By default one of steps. */
  protected ProgressLine progressLine(boolean quiet) {
    return ProgressLine.ofSteps(quiet);
  }

  /** Whether standard output is for the JSON alone, or for another file that is written to it. */
  protected boolean isQuiet() {
    return json.isStandardOutput();
  }

  protected final CommandLine commandLine() {
    return spec.commandLine();
  }

  /** Standard output. */
  protected final Page page() {
    return Page.of(commandLine());
  }

  /** What to throw when the options of this command do not fit. */
  protected final ParameterException badInput(String message, Throwable cause) {
    return new ParameterException(commandLine(), message, cause);
  }

  /** The value of an option that must be 1 or more. */
  protected final int atLeastOne(String option, int value) {
    if (value < 1) {
      throw badInput(option + " is " + value + "; it must be 1 or more", null);
    }
    return value;
  }
}
