package hak.cli.command;

import hak.core.profile.NearestName;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says of a word that a command line does not know which one may have been meant. */
final class UnknownWord {
  private UnknownWord() {}

  static String message(UnmatchedArgumentException exception) {
    CommandLine command = exception.getCommandLine();
    String word = exception.getUnmatched().getFirst();
    if (exception.isUnknownOption()) {
      String option = word.replaceFirst("=.*", "");
      return "no option '" + option + "'" + NearestName.hint(option, options(command));
    }
    if (!command.getSubcommands().isEmpty()) {
      return "no command '"
          + word
          + "'"
          + NearestName.hint(word, command.getSubcommands().keySet());
    }
    return exception.getMessage();
  }

  private static List<String> options(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    return spec.optionsMap().keySet().stream()
        .filter(name -> name.startsWith("--"))
        .sorted()
        .toList();
  }
}
