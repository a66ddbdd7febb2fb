package hak.cli.stack;

import hak.cli.command.CommandFailedException;
import hak.cli.command.ExitCode;
import hak.cli.output.Page;
import hak.cli.output.TextTable;
import hak.core.profile.Profile;
import hak.machinecode.MachineCode;
import hak.machinecode.Shape;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what two profiles differ in. */
@Command(
    name = "diff",
    description = {
      "Prints what two profiles differ in: boxes, options, and the machine code of malloc and"
          + " free.",
      "",
      "Of the machine code it counts the instructions on the hit path, by source line, as 'hak"
          + " profile asm' shows them; that takes some seconds."
    },
    footer = {"  hak profile diff default bare", "  hak profile diff default mine.toml --no-asm"})
final class ProfileDiffCommand implements Callable<Integer> {
  private static final String ABSENT = "-";

  @Spec private CommandSpec spec;

  @Option(names = "--no-asm", description = "Leave the machine code out.")
  private boolean withoutCode;

  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "Name of a shipped profile, or a file.",
      completionCandidates = ProfileArgument.Names.class,
      converter = ProfileArgument.Converter.class)
  private ProfileArgument first;

  @Parameters(
      index = "1",
      paramLabel = "B",
      description = "Name of a shipped profile, or a file.",
      completionCandidates = ProfileArgument.Names.class,
      converter = ProfileArgument.Converter.class)
  private ProfileArgument second;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Profile> profiles = ProfileArgument.readAll(List.of(first, second));
    Page page = Page.of(spec.commandLine());
    printValues(page, ProfileValues.of(profiles.getFirst()), ProfileValues.of(profiles.getLast()));
    if (!withoutCode) {
      page.println();
      printCode(page);
    }
    return ExitCode.FINE;
  }

  private void printValues(
      Page page, SequencedMap<String, String> ones, SequencedMap<String, String> others) {
    TextTable table = table("");
    boolean any = false;
    for (String path : union(ones.keySet(), others.keySet())) {
      String one = ones.getOrDefault(path, ABSENT);
      String other = others.getOrDefault(path, ABSENT);
      if (!one.equals(other)) {
        table.row(path, one, other);
        any = true;
      }
    }
    if (any) {
      page.print(table);
    } else {
      page.println("the same boxes with the same options");
    }
  }

  private TextTable table(String title) {
    return new TextTable(title, first.toString(), second.toString());
  }

  private static Set<String> union(Set<String> ones, Set<String> others) {
    Set<String> all = new LinkedHashSet<>(ones);
    all.addAll(others);
    return all;
  }

  private void printCode(Page page) throws IOException, InterruptedException {
    List<Shape> ones = shapes(first);
    List<Shape> others = shapes(second);
    for (int i = 0; i < ones.size(); i++) {
      TextTable table = table(ones.get(i).method() + ", hit path");
      addRows(table, ones.get(i), others.get(i));
      page.print(table);
      page.println();
    }
  }

  private static List<Shape> shapes(ProfileArgument profile)
      throws IOException, InterruptedException {
    try {
      return MachineCode.compile(profile.text(), profile.isFile()).shapes();
    } catch (MachineCode.UnavailableException e) {
      throw new CommandFailedException(ExitCode.FAILED, e.getMessage(), e);
    }
  }

  private static void addRows(TextTable table, Shape one, Shape other) {
    addRow(table, "instructions", one.instructions(), other.instructions());
    addRow(table, "accesses to memory", one.memoryAccesses(), other.memoryAccesses());
    addRow(table, "conditional jumps", one.jumps(), other.jumps());
    for (String place : union(one.bySource().keySet(), other.bySource().keySet())) {
      String count = cell(one.bySource().get(place));
      String otherCount = cell(other.bySource().get(place));
      if (!count.equals(otherCount)) {
        table.row("  " + place, count, otherCount);
      }
    }
  }

  private static void addRow(TextTable table, String name, long one, long other) {
    table.row(name, Long.toString(one), Long.toString(other));
  }

  private static String cell(Integer count) {
    return count == null ? ABSENT : count.toString();
  }
}
