package hak.cli.learn;

import hak.bench.ab.AbReport;
import hak.bench.shadow.Knob;
import hak.bench.shadow.LearnCurves;
import hak.bench.shadow.LearnReport;
import hak.bench.shadow.LearnReport.Arm;
import hak.bench.shadow.LearnReport.ClassRow;
import hak.bench.shadow.LearnReport.Step;
import hak.bench.shadow.Learning;
import hak.cli.html.LearnPage;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.TextTable;
import hak.core.profile.Profile;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was learned from the calls of a program.
 *
 * @param base the profile that was begun with
 */
record CountedLearning(Profile base, LearnReport report, LearnCurves curves) implements Learned {
  private static final int MOST_CLASSES = 12;

  @Override
  public Profile profile() {
    return Learning.profileOf(base, report);
  }

  @Override
  public Map<String, String> reasons() {
    Map<String, String> reasons = new TreeMap<>();
    for (Knob knob : report.knobs()) {
      if (knob.isChanged()) {
        reasons.put(knob.key(), report.workload() + ": " + explanation(knob));
      }
    }
    return reasons;
  }

  @Override
  public String json(AbReport check) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("curves", curves);
    if (check != null) {
      more.put("check", check);
    }
    return Json.of(report, more);
  }

  @Override
  public String html(AbReport check) {
    return LearnPage.of(report, curves, check);
  }

  @Override
  public void print(Page page) {
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
    page.print(classes());
    for (Knob knob : report.knobs()) {
      page.printf("%n%s: %s%n", knob.key(), explanation(knob));
    }
  }

  /** The classes with the most allocations, by size. */
  private TextTable classes() {
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
}
