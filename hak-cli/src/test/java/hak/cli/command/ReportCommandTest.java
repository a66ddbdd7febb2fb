package hak.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What the skeleton does around a command that says when it is called. */
class ReportCommandTest {
  @TempDir private Path folder;

  private final List<String> calls = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** The report is a list of one number. */
  @Command(name = "sample")
  private final class Sample extends ReportCommand<List<Integer>> {
    @Override
    protected List<Integer> report(ProgressLine progress) {
      calls.add("report");
      return List.of(42);
    }

    @Override
    protected void print(List<Integer> report, Page page) {
      calls.add("print");
      page.println("the number is " + report.getFirst());
    }

    @Override
    protected void printFailures(List<Integer> report, Page errors) {
      calls.add("failures");
      errors.printError("hak: too large");
    }

    @Override
    protected int exitCode(List<Integer> report) {
      return ExitCode.HUNG;
    }
  }

  private int run(String... arguments) {
    return new CommandLine(new Sample())
        .setParameterExceptionHandler(new ErrorPrinter())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void printsTheReportAndThenWhatFailed() {
    assertEquals(ExitCode.HUNG, run());
    assertEquals(List.of("report", "print", "failures"), calls);
    assertEquals("the number is 42\n", out.toString());
    assertEquals("hak: too large\n", err.toString());
  }

  @Test
  void aTargetThatCannotBeWrittenIsRefusedBeforeTheWork() {
    assertEquals(ExitCode.BAD_INPUT, run("--json", folder.resolve("none/x.json").toString()));
    assertEquals(List.of(), calls);
    assertTrue(err.toString().startsWith("hak: --json: cannot write "), err.toString());
  }

  @Test
  void jsonOnStandardOutputIsAlone() {
    assertEquals(ExitCode.HUNG, run("--json", "-"));
    assertFalse(calls.contains("print"));
    assertEquals("[42]", out.toString().replaceAll("\\s", ""));
  }

  @Test
  void jsonInAFileIsBesidesTheTables() throws IOException {
    Path file = folder.resolve("x.json");
    assertEquals(ExitCode.HUNG, run("--json", file.toString()));
    assertEquals("the number is 42\n", out.toString());
    assertEquals("[42]", Files.readString(file).replaceAll("\\s", ""));
  }
}
