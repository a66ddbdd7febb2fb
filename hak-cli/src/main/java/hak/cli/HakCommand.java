package hak.cli;

import hak.cli.build.FormatCommand;
import hak.cli.build.JmhCommand;
import hak.cli.build.RacesCommand;
import hak.cli.build.StorePeersCommand;
import hak.cli.build.TestCommand;
import hak.cli.command.CommandGroup;
import hak.cli.command.ErrorPrinter;
import hak.cli.command.RootCommand;
import hak.cli.command.StandardStreams;
import hak.cli.learn.LearnCommand;
import hak.cli.learn.WhatIfCommand;
import hak.cli.measure.AbCommand;
import hak.cli.measure.ArenasCommand;
import hak.cli.measure.ComposeCommand;
import hak.cli.measure.HotCommand;
import hak.cli.measure.LatencyCommand;
import hak.cli.measure.PeersCommand;
import hak.cli.measure.RunCommand;
import hak.cli.measure.ScorecardCommand;
import hak.cli.measure.SoakCommand;
import hak.cli.measure.StressCommand;
import hak.cli.measure.SweepCommand;
import hak.cli.measure.WorkloadsCommand;
import hak.cli.stack.BoxesCommand;
import hak.cli.stack.ProfileCommand;
import hak.cli.store.StoreCommand;
import hak.cli.trace.RecordCommand;
import hak.cli.trace.TraceCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command itself; without a subcommand it prints its help. */
@Command(
    name = "hak",
    description = "An off-heap memory allocator for the JVM, assembled from swappable boxes.",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = HakVersion.class,
    usageHelpWidth = 100,
    synopsisHeading = "@|bold Usage:|@ ",
    descriptionHeading = "%n",
    parameterListHeading = "%n@|bold Parameters:|@%n",
    optionListHeading = "%n@|bold Options:|@%n",
    commandListHeading = "%n@|bold Commands:|@%n",
    exitCodeListHeading = "%n@|bold Exit codes:|@%n",
    exitCodeList = {
      "0:fine",
      "1:failed: verification, out of memory, something missing",
      "2:bad input: an option, a profile, a trace or a store"
    },
    footerHeading = "%n@|bold Examples:|@%n",
    footer = {
      "  hak run                            replays every shipped trace on the profile 'default'",
      "  hak run --profile bare --verify    the same without caches, every block checked",
      "  hak boxes                          what a profile can name",
      "  hak profile show default           the stack of a profile as a picture",
      "  hak store --help                   large objects shared by processes",
      "",
      "@|bold Environment:|@",
      "  HAK_JAVA_HOME  the JDK to use (default: the first of version 25 or newer that is found)",
      "  HAK_JAVA_OPTS  further options for the JVM; a collector takes the place of the script's",
      "  HAK_PLUGINS    a folder with the jars of further boxes",
      "  NO_COLOR       no colours on a terminal, if set to anything"
    },
    subcommands = {
      AbCommand.class,
      ArenasCommand.class,
      BoxesCommand.class,
      CompletionCommand.class,
      ComposeCommand.class,
      FormatCommand.class,
      JmhCommand.class,
      LatencyCommand.class,
      LearnCommand.class,
      PeersCommand.class,
      ProfileCommand.class,
      RacesCommand.class,
      RecordCommand.class,
      RunCommand.class,
      ScorecardCommand.class,
      SoakCommand.class,
      StoreCommand.class,
      StorePeersCommand.class,
      StressCommand.class,
      SweepCommand.class,
      TestCommand.class,
      TraceCommand.class,
      WhatIfCommand.class,
      WorkloadsCommand.class
    })
final class HakCommand extends CommandGroup implements RootCommand {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean debug;

  private final StandardStreams streams;

  private HakCommand(StandardStreams streams) {
    this.streams = streams;
  }

  /** The command line of this process, ready to be given writers and to be executed. */
  static CommandLine commandLine() {
    return commandLine(StandardStreams.ofProcess());
  }

  /** The command line with other streams for bytes. */
  static CommandLine commandLine(StandardStreams streams) {
    CommandLine commandLine = new CommandLine(new HakCommand(streams));
    // It measures, and the room of the profile commands knows nothing of that.
    commandLine.getSubcommands().get("profile").addSubcommand(new HotCommand());
    commandLine.setExpandAtFiles(false); // refs begin with @
    commandLine.getSubcommands().get("record").setStopAtPositional(true); // the program's options
    commandLine.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF)); // Main knows its streams
    commandLine.setExecutionStrategy(HakCommand::execute);
    commandLine.setParameterExceptionHandler(new ErrorPrinter());
    commandLine.setExecutionExceptionHandler(new ErrorPrinter());
    return commandLine;
  }

  /**
   * Runs the last command; errors such as {@link OutOfMemoryError} are reported as exceptions are.
   */
  private static int execute(ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (OutOfMemoryError | LinkageError | AssertionError e) {
      return ErrorPrinter.print(e, parsed.commandSpec().commandLine());
    }
  }

  @Override
  public boolean debug() {
    return debug;
  }

  @Override
  public StandardStreams streams() {
    return streams;
  }
}
