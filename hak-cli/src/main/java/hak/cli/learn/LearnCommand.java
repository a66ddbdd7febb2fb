package hak.cli.learn;

import hak.bench.Workload;
import hak.bench.shadow.Knob;
import hak.bench.shadow.LearnCurves;
import hak.bench.shadow.LearnReport;
import hak.bench.shadow.LearnReport.Arm;
import hak.bench.shadow.LearnReport.ClassRow;
import hak.bench.shadow.LearnReport.Step;
import hak.bench.shadow.Learning;
import hak.cli.command.ReportCommand;
import hak.cli.html.LearnPage;
import hak.cli.output.Json;
import hak.cli.output.OutputFile;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.output.TextTable;
import hak.cli.stack.PolicyFile;
import hak.cli.stack.ProfileArgument;
import hak.core.profile.Profile;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns from the calls of a program what a profile for it should set. */
@Command(
    name = "learn",
    description = {
      "Learns from the calls of a program whether its threads should keep freed blocks at hand"
          + " (tls-sll), and how many; which tier should serve blocks of 257 bytes to 1 KiB; and"
          + " which size classes should be added.",
      "",
      "The calls are counted, nothing is run or timed: each window of them has a cost for every"
          + " capacity, in parts of what calls take without a cache. What is cheapest is tried for"
          + " a round of the program, and kept or rolled back; the tables say what was decided"
          + " when, and why. --check or hak ab confirms it.",
      "",
      "How the blocks of a size class come and go is told from what a model of slabs does with the"
          + " calls; what a tier costs for such a class was measured. What gains less than a"
          + " hundredth is not recommended: then the profile keeps what it has."
    },
    footer = {
      "  hak learn --trace lua --html lua.html --check",
      "  hak learn --trace program.hkt.gz --out mine.toml",
      "  hak ab default mine.toml --trace program.hkt.gz"
    })
public final class LearnCommand extends ReportCommand<LearnReport> {
  private static final int MOST_CLASSES = 12;

  @Parameters(
      arity = "0..1",
      paramLabel = "PROFILE",
      defaultValue = "default",
      description = "What to begin with: a shipped profile, or a file (default: ${DEFAULT-VALUE}).",
      completionCandidates = ProfileArgument.Names.class,
      converter = ProfileArgument.Converter.class)
  private ProfileArgument argument;

  @Mixin private OneWorkload source;

  @Option(
      names = "--windows",
      paramLabel = "N",
      description = "Windows that the calls are divided into (default: ${DEFAULT-VALUE}).")
  private int windows = Learning.USUAL_WINDOWS;

  @Mixin private PolicyFile out;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the result as a page to FILE, with a picture, that needs nothing else.")
  private String html;

  @Option(
      names = "--check",
      description =
          "Measure what was learned against the profile, as hak ab does with few forks; a minute or"
              + " two.")
  private boolean checks;

  private Profile profile;
  private LearnCurves curves;
  private LearnCheck check;

  @Override
  protected LearnReport report(ProgressLine progress) {
    atLeastOne("--windows", windows);
    out.requireWritable();
    if (html != null) {
      page(html).requireWritable(commandLine());
    }
    profile = ProfileArgument.readAll(List.of(argument)).getFirst();
    Workload workload = source.workload();
    Learning.Watched watched = Learning.watch(profile, workload, windows);
    curves = watched.curves();
    if (checks) {
      Profile learned = Learning.profileOf(profile, watched.report());
      check = new LearnCheck(profile, learned, workload, LearnCheck.PLAN);
      check.run(progress);
    }
    return watched.report();
  }

  private static OutputFile page(String name) {
    return new OutputFile("--html", name);
  }

  @Override
  protected String json(LearnReport report) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("curves", curves);
    if (check != null && check.report() != null) {
      more.put("check", check.report());
    }
    return Json.of(report, more);
  }

  @Override
  protected void print(LearnReport report, Page page) {
    page.printf(
        "%s, profile %s: %s calls in %d windows%n%n",
        report.workload(), report.profile(), TextTable.grouped(report.calls()), report.windows());
    TextTable arms =
        new TextTable(
            ">capacity", ">cost expected", ">windows won", ">hits", ">taken", ">bytes held");
    for (Arm arm : report.arms()) {
      arms.row(
          WhatIfCommand.blocks(arm.capacity()),
          WhatIfCommand.percent(arm.cost()),
          TextTable.grouped(arm.windowsWon()),
          WhatIfCommand.percent(arm.hitRate()),
          WhatIfCommand.percent(arm.takenRate()),
          TextTable.grouped(arm.heldBytes()));
    }
    page.print(arms);
    page.println();
    TextTable steps = new TextTable(">window", "state", ">capacity", "why");
    for (Step step : report.steps()) {
      steps.row(
          TextTable.grouped(step.window()),
          step.state(),
          WhatIfCommand.blocks(step.capacity()),
          step.reason());
    }
    page.print(steps);
    page.println();
    LearnPicture.print(report, curves, page);
    page.println();
    page.print(classes(report));
    for (Knob knob : report.knobs()) {
      page.printf("%n%s: %s%n", knob.key(), explanation(knob));
    }
    if (check != null) {
      check.print(page);
    }
  }

  /** The classes with the most allocations, by size. */
  private static TextTable classes(LearnReport report) {
    TextTable table = new TextTable(">block bytes", "tier", ">allocations", "pattern", "why");
    report.classes().stream()
        .sorted(Comparator.comparingLong(ClassRow::allocations).reversed())
        .limit(MOST_CLASSES)
        .sorted(Comparator.comparingInt(ClassRow::blockBytes))
        .forEach(row ->
            table.row(
                TextTable.grouped(row.blockBytes()),
                row.tier(),
                TextTable.grouped(row.allocations()),
                String.format(
                    Locale.ROOT,
                    "%s %.0f %%",
                    row.pattern().toLowerCase(Locale.ROOT),
                    100 * row.confidence()),
                row.evidence()));
    return table;
  }

  /** What was chosen and why, in a line. */
  private static String explanation(Knob knob) {
    return knob.isChanged()
        ? knob.value() + ", was " + knob.was() + ": " + knob.why()
        : knob.value() + ", as in the profile: " + knob.why();
  }

  @Override
  protected void writeFiles(LearnReport report) {
    Map<String, String> reasons = new TreeMap<>();
    for (Knob knob : report.knobs()) {
      if (knob.isChanged()) {
        reasons.put(knob.key(), report.workload() + ": " + explanation(knob));
      }
    }
    out.write(profile, Learning.profileOf(profile, report), reasons);
    if (html != null) {
      page(html).write(LearnPage.of(report, curves, check == null ? null : check.report()));
    }
  }

  @Override
  protected void finished() {
    if (check != null) {
      check.close();
    }
  }
}
