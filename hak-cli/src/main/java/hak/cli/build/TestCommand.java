package hak.cli.build;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Help of {@code ./hak test}. */
@Command(
    name = "test",
    description = {
      "Builds everything, runs every check and test, and says how many passed.",
      "",
      "All of it takes ten to twenty minutes. With -pl it is the tests of some modules and of those"
          + " they need; a run in which no test ran has failed."
    },
    exitCodeList = {"0:every test passed", "1:a test or check failed, or no test ran"},
    footer = {
      "  ./hak test",
      "  ./hak test -pl hak-tiny",
      "  ./hak test -pl hak-cli -Dtest=RunCommandTest"
    })
public final class TestCommand extends BuildCommand {
  @Parameters(paramLabel = "ARGUMENT", description = "Arguments for Maven.")
  @SuppressWarnings("UnusedVariable") // for the help alone
  private List<String> arguments;
}
