package hak.docs;

import hak.cli.Commands;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** Commands, subcommands and options of {@code ./hak}. */
final class CommandNames {
  /** Up to what a shell does with it, or a comment. */
  private static final Pattern CALL = Pattern.compile("(?<![\\w/.-])(?:\\./)?hak ([^|>#;)]*)");

  /** A word that is no option, placeholder, file or number. */
  private static final Pattern PLAIN_WORD = Pattern.compile("[a-z][a-z-]*");

  /** Commands of the script: what follows is Maven's, or an option of a program of its own. */
  private static final String SERVED_BY_SCRIPT = "hak.cli.build";

  private final CommandSpec root = Commands.all().getCommandSpec();
  private final SourceTree sources;

  CommandNames(SourceTree sources) {
    this.sources = sources;
  }

  /** The calls in a line of a shell, without {@code ./hak}. */
  static List<String> callsIn(String line) {
    return CALL.matcher(line).results().map(match -> match.group(1).strip()).toList();
  }

  /** The first word of a call that must be a command or an option and is none. */
  Optional<String> wrongIn(String call) {
    CommandSpec command = root;
    for (String word : call.split(" +", -1)) {
      if (word.matches("--?[A-Za-z].*")) {
        if (!hasOption(command, word)) {
          return Optional.of(word);
        }
      } else if (command.subcommands().containsKey(word)) {
        command = command.subcommands().get(word).getCommandSpec();
      } else if (!command.subcommands().isEmpty() && PLAIN_WORD.matcher(word).matches()) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  private boolean hasOption(CommandSpec command, String word) {
    String name = word.replaceFirst("=.*", "");
    boolean elsewhere =
        command.userObject().getClass().getPackageName().equals(SERVED_BY_SCRIPT)
            && (!name.startsWith("--") || sources.hasLiteral(name));
    return elsewhere || command.findOption(name) != null;
  }

  /**
   * Whether a command or one below it has an option.
   *
   * @param name the command's, {@code hak store}; anything else stands for all commands
   */
  boolean hasOption(String name, String option) {
    CommandSpec named =
        all(root).filter(command -> command.qualifiedName().equals(name)).findFirst().orElse(root);
    return all(named).anyMatch(command -> hasOption(command, option));
  }

  /** Whether a command, at any depth, has this name. */
  boolean has(String name) {
    return all(root).anyMatch(command -> command.name().equals(name));
  }

  /** Every command that has no subcommands, with its parents: {@code hak store put}. */
  List<String> leaves() {
    return all(root)
        .filter(command -> command.subcommands().isEmpty())
        .map(CommandSpec::qualifiedName)
        .toList();
  }

  private static Stream<CommandSpec> all(CommandSpec command) {
    return Stream.concat(
        Stream.of(command),
        command.subcommands().values().stream()
            .flatMap(subcommand -> all(subcommand.getCommandSpec())));
  }
}
