package hak.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedOutputTest {
  private static final String FULL = "No space left on device";

  private final StringWriter err = new StringWriter();

  private int exitCode(String failure, int ofCommand) {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(failure);
          }
        };
    PrintedOutput output = new PrintedOutput(failing);
    PrintWriter out = new PrintWriter(output, false, StandardCharsets.UTF_8);
    out.println("a line");
    out.flush();
    out.println("another");
    out.flush();
    return output.exitCode(ofCommand, new PrintWriter(err, true));
  }

  @Test
  void whatIsPrintedIsWritten() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintedOutput output = new PrintedOutput(bytes);
    PrintWriter out = new PrintWriter(output, false, StandardCharsets.UTF_8);
    out.print("für alle");
    out.flush();
    output.write('.');
    assertEquals("für alle.", bytes.toString(StandardCharsets.UTF_8));
    assertEquals(ExitCode.FINE, output.exitCode(ExitCode.FINE, new PrintWriter(err)));
  }

  @Test
  void aCommandWhoseOutputIsLostHasFailed() {
    assertEquals(ExitCode.FAILED, exitCode(FULL, ExitCode.FINE));
    assertEquals("hak: cannot write standard output: " + FULL + "\n", err.toString());
  }

  @Test
  void aReaderWhoHasHadEnoughIsNoFailure() {
    assertEquals(ExitCode.FINE, exitCode("Broken pipe", ExitCode.FINE));
    assertEquals("", err.toString());
  }

  @Test
  void whoHasFailedAlreadySaysWhy() {
    assertEquals(ExitCode.BAD_INPUT, exitCode(FULL, ExitCode.BAD_INPUT));
    assertEquals("", err.toString());
  }

  /** Standard output of a process as a shell leaves it. */
  @ParameterizedTest
  @CsvSource({">/dev/full, 1", ">&-, 1", ">/dev/null, 0"})
  void theProcessEndsSo(String redirection, int exitCode) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", "exec \"$@\" " + redirection, "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("hak.cli.Main", "--version"));
    Process process = new ProcessBuilder(command).redirectError(new File("/dev/null")).start();
    assertEquals(0, process.getInputStream().readAllBytes().length);
    assertEquals(exitCode, process.waitFor());
  }
}
