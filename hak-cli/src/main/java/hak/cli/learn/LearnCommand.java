package hak.cli.learn;

import hak.bench.shadow.LearnReport;
import hak.bench.shadow.LearnReport.Arm;
import hak.bench.shadow.LearnReport.Step;
import hak.bench.shadow.Learning;
import hak.cli.command.ReportCommand;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.cli.output.TextTable;
import hak.cli.stack.PolicyFile;
import hak.cli.stack.ProfileArgument;
import hak.core.profile.Profile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns whether a program should have a thread cache, and how long it should be. */
@Command(
    name = "learn",
    description = {
      "Learns from the calls of a program whether its threads should keep freed blocks at hand"
          + " (tls-sll), and how many.",
      "",
      "The calls are counted, nothing is run or timed: each window of them has a cost for every"
          + " capacity, in parts of what calls take without a cache. What is cheapest is tried for"
          + " a round of the program, and kept or rolled back; the tables say what was decided"
          + " when, and why. hak ab confirms it."
    },
    footer = {
      "  hak learn --trace lua",
      "  hak learn --trace program.hkt.gz --out mine.toml",
      "  hak ab default mine.toml --trace program.hkt.gz"
    })
public final class LearnCommand extends ReportCommand<LearnReport> {
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

  private Profile profile;

  @Override
  protected LearnReport report(ProgressLine progress) {
    atLeastOne("--windows", windows);
    out.requireWritable();
    profile = ProfileArgument.readAll(List.of(argument)).getFirst();
    return Learning.learn(profile, source.workload(), windows);
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
    page.printf("%nchosen: %s%n", explanation(report));
  }

  /** What was chosen and why, in a line. */
  private static String explanation(LearnReport report) {
    Arm chosen = report.arm(report.chosen());
    Arm first = report.arm(report.first());
    String cache = report.chosen() == 0 ? "no tls-sll" : "tls-sll of " + report.chosen();
    if (report.chosen() == report.first()) {
      return String.format(
          Locale.ROOT, "%s, as in the profile: %s", cache, evidence(chosen, report));
    }
    return String.format(
        Locale.ROOT,
        "%s: %s; as in the profile %s",
        cache,
        evidence(chosen, report),
        WhatIfCommand.percent(first.cost()));
  }

  private static String evidence(Arm arm, LearnReport report) {
    return String.format(
        Locale.ROOT,
        "cost %s of that without a cache, cheapest in %d of %d windows",
        WhatIfCommand.percent(arm.cost()),
        arm.windowsWon(),
        report.windows());
  }

  @Override
  protected void writeFiles(LearnReport report) {
    String key = report.chosen() == 0 ? "stack.caches" : "box.tls-sll.capacity";
    out.write(
        profile,
        Learning.profileOf(profile, report),
        Map.of(key, report.workload() + ": " + explanation(report)));
  }
}
