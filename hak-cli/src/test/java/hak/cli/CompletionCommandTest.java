package hak.cli;

import static hak.cli.Cli.hak;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script in a real bash, asked as the Tab key asks it. */
class CompletionCommandTest {
  /** Completes the last word of its arguments. */
  private static final String TAB =
      """
      compopt() { :; } # only bash itself may call it, while it completes
      source "$0"
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      _complete_hak
      echo "${COMPREPLY[*]}"
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "bo, boxes",
    "store v, verify",
    "ra, races",
    "run --prof, --profile",
    "run --profile d, default",
    "profile show p, pow2",
    "boxes tls, tls-sll",
    "completion z, zsh"
  })
  void completesCommandsOptionsAndNames(String typed, String completed) throws Exception {
    assertEquals(Set.of(completed), complete(typed));
  }

  private Set<String> complete(String typed) throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("hak.bash"), hak("completion", "bash").out());
    List<String> command = new ArrayList<>(List.of("bash", "-c", TAB, script.toString(), "hak"));
    command.addAll(List.of(typed.split(" ", -1)));
    Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), printed);
    return Set.of(printed.strip().split(" ", -1));
  }

  @Test
  void bothShellsGetAScript() {
    assertEquals(hak("completion", "bash").out(), hak("completion", "zsh").out());
    assertTrue(hak("completion", "zsh").out().contains("bashcompinit"));
  }

  @Test
  void anotherShellIsBadInput() {
    Cli.Result result = hak("completion", "fish");
    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("bash, zsh"), result.err());
  }
}
