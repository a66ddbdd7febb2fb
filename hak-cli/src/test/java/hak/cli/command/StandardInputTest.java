package hak.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardInputTest {
  private static String place(Class<?> of) {
    return Path.of(of.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }

  /** What a JVM finds that a shell starts with that redirection. */
  private static String of(String redirection, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", "exec \"$@\" " + redirection, "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    String classPath =
        place(StandardInput.class) + File.pathSeparator + place(StandardInputProgram.class);
    command.addAll(List.of("-cp", classPath, StandardInputProgram.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return out.strip();
  }

  /** Without the archive of classes another file is the first that the JVM opens. */
  @ParameterizedTest
  @CsvSource({"<&-, -Xshare:auto", "<&-, -Xshare:off"})
  void aFileOfTheJdkIsNoStandardInput(String redirection, String option) throws Exception {
    assertEquals("closed", of(redirection, option));
  }

  @ParameterizedTest
  @CsvSource({"</dev/null", "</proc/self/exe", "''"})
  void whatTheShellGivesIs(String redirection) throws Exception {
    assertEquals("open", of(redirection));
  }

  @Test
  void nothingIsReadOfWhatIsClosed() {
    IOException e =
        assertThrows(IOException.class, () -> new StandardInput.Closed().readAllBytes());
    assertEquals("standard input is closed", e.getMessage());
  }
}
