package hak.cli;

import static hak.cli.Cli.hak;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.cli.command.ErrorPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HakCommandTest {
  /** Every command with all its parents, as arguments. */
  static List<List<String>> commands() {
    List<List<String>> commands = new ArrayList<>();
    collect(HakCommand.commandLine(), List.of(), commands);
    return commands;
  }

  private static void collect(CommandLine command, List<String> path, List<List<String>> commands) {
    commands.add(path);
    command
        .getSubcommands()
        .forEach((name, subcommand) -> {
          List<String> longer = new ArrayList<>(path);
          longer.add(name);
          collect(subcommand, longer, commands);
        });
  }

  private static Cli.Result with(List<String> command, String option) {
    List<String> args = new ArrayList<>(command);
    args.add(option);
    return hak(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithExamplesAndExitCodes(List<String> command) {
    Cli.Result result = with(command, "--help");
    assertEquals(0, result.exitCode());
    assertEquals("", result.err());
    String name = String.join(" ", command);
    assertTrue(result.out().startsWith("Usage: hak" + (name.isEmpty() ? "" : " " + name)), name);
    assertTrue(result.out().contains("Exit codes:"), name);
    assertTrue(result.out().contains("Examples:"), name);
    assertTrue(result.out().lines().allMatch(line -> line.length() <= 100), name);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasAVersion(List<String> command) {
    Cli.Result result = with(command, "--version");
    assertEquals(0, result.exitCode());
    assertTrue(result.out().startsWith("hak "), result.out());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void anUnknownOptionIsBadInput(List<String> command) {
    Cli.Result result = with(command, "--no-such-option");
    assertEquals(2, result.exitCode());
    assertEquals("", result.out());
    // A missing parameter is complained of first.
    assertTrue(
        result
            .err()
            .matches(
                "(?s)hak: .*(--no-such-option|COMMAND|PROFILE|PATH|RECORDING|SHELL|TRACE|'A').*"),
        result.err());
    assertTrue(result.errLines().getLast().matches("Try 'hak.* --help'\\."), result.err());
  }

  @Test
  void subcommandsAreSorted() {
    List<String> names = List.copyOf(HakCommand.commandLine().getSubcommands().keySet());
    assertEquals(names.stream().sorted().toList(), names);
  }

  @Test
  void theHelpHasTheVariablesOfTheScript() throws IOException {
    Path script = Path.of("").toAbsolutePath().resolveSibling("hak");
    Set<String> variables =
        Pattern.compile("HAK_[A-Z_]+")
            .matcher(Files.readString(script))
            .results()
            .map(MatchResult::group)
            .collect(toSet());
    assertFalse(variables.isEmpty());
    variables.forEach(name -> assertTrue(hak("--help").out().contains("  " + name + " "), name));
  }

  @Test
  void theHelpHasTheCommandsThatTheScriptServes() throws IOException {
    Path script = Path.of("").toAbsolutePath().resolveSibling("hak");
    Set<String> served =
        Pattern.compile("(?m)^  ([a-z-]+)\\)$")
            .matcher(Files.readString(script))
            .results()
            .map(m -> m.group(1))
            .collect(toSet());
    assertEquals(Set.of("test", "races", "jmh", "store-peers", "format"), served);
    served.forEach(name -> assertTrue(hak("--help").out().contains("\n  " + name + " "), name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "races", "jmh", "store-peers", "format"})
  void whatTheScriptServesSaysSoWhenTheScriptIsNotAsked(String command) {
    Cli.Result result = hak(command);
    assertEquals(2, result.exitCode());
    assertEquals(1, result.errLines().size(), result.err());
    assertTrue(result.err().contains("./hak " + command), result.err());
  }

  @Test
  void aloneItPrintsItsHelp() {
    Cli.Result result = hak();
    assertEquals(0, result.exitCode());
    assertEquals(hak("--help").out(), result.out());
  }

  @ParameterizedTest
  @CsvSource({
    "boxs, no command 'boxs'; did you mean 'boxes'?, hak",
    "profile shw default, no command 'shw'; did you mean 'show'?, hak profile",
    "store lst x, no command 'lst'; did you mean 'ls'?, hak store",
    "run --rouds 3, no option '--rouds'; did you mean '--rounds'?, hak run",
    "run --rouds=3, no option '--rouds'; did you mean '--rounds'?, hak run"
  })
  void aMistypedWordNamesTheNearest(String arguments, String message, String command) {
    Cli.Result result = hak(arguments.split(" ", -1));
    assertEquals(2, result.exitCode());
    assertEquals(List.of("hak: " + message, "Try '" + command + " --help'."), result.errLines());
  }

  @Test
  void aWordUnlikeAnyCommandListsThem() {
    String commands = String.join(", ", HakCommand.commandLine().getSubcommands().keySet());
    assertEquals(
        "hak: no command 'abracadabra'; there are: " + commands,
        hak("abracadabra").errLines().getFirst());
  }

  @Test
  void outOfMemoryIsAFailureOfOneLine() {
    Cli.Result result = failing(new OutOfMemoryError("no memory for 5 B"));
    assertEquals(1, result.exitCode());
    assertEquals(List.of("hak: out of memory: no memory for 5 B"), result.errLines());
  }

  @Test
  void missingNativeAccessIsAFailureOfOneLine() {
    Cli.Result result = failing(new IllegalCallerException("HAK needs native access: ..."));
    assertEquals(1, result.exitCode());
    assertEquals(List.of("hak: HAK needs native access: ..."), result.errLines());
  }

  @Test
  void anUnexpectedErrorIsOneLineWithoutDebug() {
    Cli.Result result = failing(new ArithmeticException("odd"));
    assertEquals(1, result.exitCode());
    assertEquals(1, result.errLines().size(), result.err());
    assertTrue(result.err().contains("odd") && result.err().contains("--debug"), result.err());
  }

  @Test
  void debugPrintsTheStackTrace() {
    assertFalse(hak("profile", "show", "nonsense").err().contains("\tat "));
    assertTrue(hak("profile", "show", "nonsense", "--debug").err().contains("\tat "));
    assertTrue(hak("--debug", "profile", "show", "nonsense").err().contains("\tat "));
  }

  private static Cli.Result failing(Throwable thrown) {
    StringWriter err = new StringWriter();
    CommandLine command = HakCommand.commandLine().setErr(new PrintWriter(err));
    int exitCode = ErrorPrinter.print(thrown, command);
    return new Cli.Result(exitCode, "", err.toString());
  }
}
