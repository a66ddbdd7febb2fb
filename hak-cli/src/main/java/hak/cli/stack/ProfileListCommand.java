package hak.cli.stack;

import hak.cli.command.ExitCode;
import hak.cli.output.Page;
import hak.cli.output.TextTable;
import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the shipped profiles. */
@Command(
    name = "list",
    description = "Lists the shipped profiles and the boxes of each.",
    footer = "  hak profile list")
final class ProfileListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    TextTable table = new TextTable(row("profile", Section::key));
    for (String name : Hak.profiles()) {
      Profile profile = Hak.profile(name);
      table.row(row(name, section -> String.join(", ", profile.boxes(section))));
    }
    Page.of(spec.commandLine()).print(table);
    return ExitCode.FINE;
  }

  private static String[] row(String first, Function<Section, String> cell) {
    return Stream.concat(Stream.of(first), Stream.of(Section.values()).map(cell))
        .toArray(String[]::new);
  }
}
