package hak.cli.learn;

import hak.bench.shadow.WhatIf;
import hak.bench.shadow.WhatIfReport;
import hak.bench.shadow.WhatIfReport.ClassRow;
import hak.bench.shadow.WhatIfReport.Row;
import hak.cli.command.ReportCommand;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.output.TextTable;
import hak.cli.stack.PolicyFile;
import hak.cli.stack.ProfileArgument;
import hak.core.profile.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what caches of other capacities would have done. */
@Command(
    name = "what-if",
    description = {
      "Says what thread caches of other capacities would have done with the calls of a program:"
          + " hits, bytes held, and how to divide a budget of bytes among the sizes.",
      "",
      "The calls are counted, nothing is run or timed. The cache is tls-sll: of each size class a"
          + " thread keeps the last blocks that it freed. A hit is an allocation that one of them"
          + " serves; taken is a free that finds room. More hits are not always faster; hak ab says"
          + " what is, and hak learn whether there should be a cache at all."
    },
    footer = {
      "  hak what-if default --trace python",
      "  hak what-if default --workload larson --budget 256KiB --out mine.toml",
      "  hak ab default mine.toml --workload larson"
    })
public final class WhatIfCommand extends ReportCommand<WhatIfReport> {
  private static final int MOST_CLASSES = 16;

  private static final hak.core.spi.Option BUDGET =
      hak.core.spi.Option.bytes("--budget", 0, 1L << 40, 1 << 20, "");

  @Parameters(
      arity = "0..1",
      paramLabel = "PROFILE",
      defaultValue = "default",
      description = "Name of a shipped profile, or a file (default: ${DEFAULT-VALUE}).",
      completionCandidates = ProfileArgument.Names.class,
      converter = ProfileArgument.Converter.class)
  private ProfileArgument argument;

  @Mixin private OneWorkload source;

  @Option(
      names = "--budget",
      paramLabel = "BYTES",
      defaultValue = "1 MiB",
      description = "What the caches of all threads may hold together (default: ${DEFAULT-VALUE}).")
  private String budget;

  @Mixin private PolicyFile out;

  private Profile profile;

  @Override
  protected WhatIfReport report(ProgressLine progress) {
    long budgetBytes = budgetBytes();
    out.requireWritable();
    profile = ProfileArgument.readAll(List.of(argument)).getFirst();
    return WhatIf.ask(profile, source.workload(), budgetBytes);
  }

  private long budgetBytes() {
    try {
      return (Long) BUDGET.parse(budget);
    } catch (IllegalArgumentException e) {
      throw badInput("--budget: " + e.getMessage(), e);
    }
  }

  @Override
  protected void print(WhatIfReport report, Page page) {
    page.printf(
        "%s, size classes of profile %s: %s allocations, %s frees%n%n",
        report.workload(),
        report.profile(),
        TextTable.grouped(report.allocations()),
        TextTable.grouped(report.frees()));
    page.print(capacities(report));
    page.printf(
        "%nwithin %s bytes: best for all sizes alike is %s%n",
        TextTable.grouped(report.budgetBytes()), blocks(report.bestCapacity()));
    page.printf(
        "by size: hits %s, holds at most %s bytes%n%n",
        percent(report.planHitRate()), TextTable.grouped(report.planHeldBytes()));
    page.print(plan(report));
    int left = report.plan().size() - MOST_CLASSES;
    if (left > 0) {
      page.printf("and %d sizes with fewer allocations%n", left);
    }
  }

  private static TextTable capacities(WhatIfReport report) {
    TextTable table = new TextTable(">capacity", ">hits", ">taken", ">bytes held", "");
    for (Row row : report.capacities()) {
      table.row(
          blocks(row.capacity()),
          percent(row.hitRate()),
          percent(row.takenRate()),
          TextTable.grouped(row.heldBytes()),
          mark(row, report));
    }
    return table;
  }

  private static String mark(Row row, WhatIfReport report) {
    List<String> marks = new ArrayList<>();
    if (row.capacity() == report.capacity()) {
      marks.add("as in the profile");
    }
    if (row.heldBytes() > report.budgetBytes()) {
      marks.add("beyond the budget");
    }
    return String.join(", ", marks);
  }

  /** The sizes with the most allocations, by size. */
  private static TextTable plan(WhatIfReport report) {
    TextTable table =
        new TextTable(">block bytes", ">allocations", ">capacity", ">hits", ">bytes held");
    report.plan().stream()
        .sorted(Comparator.comparingLong(ClassRow::allocations).reversed())
        .limit(MOST_CLASSES)
        .sorted(Comparator.comparingInt(ClassRow::blockBytes))
        .forEach(row ->
            table.row(
                TextTable.grouped(row.blockBytes()),
                TextTable.grouped(row.allocations()),
                blocks(row.capacity()),
                percent(row.hitRate()),
                TextTable.grouped(row.heldBytes())));
    return table;
  }

  static String blocks(int capacity) {
    return capacity == 0 ? "none" : TextTable.grouped(capacity);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  @Override
  protected void writeFiles(WhatIfReport report) {
    out.write(profile, WhatIf.profileOf(profile, report), reasons(report));
  }

  private static Map<String, String> reasons(WhatIfReport report) {
    return Map.of(
        "box.tls-sll.capacities",
        String.format(
            Locale.ROOT,
            "of %s allocations in %s %s hit, and at most %s of %s bytes are held",
            TextTable.grouped(report.allocations()),
            report.workload(),
            percent(report.planHitRate()),
            TextTable.grouped(report.planHeldBytes()),
            TextTable.grouped(report.budgetBytes())));
  }
}
