package hak.cli.learn;

import hak.bench.ab.AbReport;
import hak.bench.live.LearnerCost;
import hak.bench.live.LiveReport;
import hak.bench.live.LiveStep;
import hak.cli.html.LivePage;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.TextTable;
import hak.core.Policy;
import hak.core.profile.Profile;
import hak.policy.FrozenPolicy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the learners of a running stack did.
 *
 * @param base the profile of the stack without them
 * @param policy what holds at the end
 * @param cost what the learners cost; null if that was not measured
 */
record LiveLearning(Profile base, LiveReport report, FrozenPolicy policy, LearnerCost cost)
    implements Learned {
  /** So many are read; the JSON and the page have all. */
  private static final int MOST_STEPS = 20;

  @Override
  public Profile profile() {
    return policy.profile();
  }

  @Override
  public Map<String, String> reasons() {
    return policy.reasons();
  }

  @Override
  public String json(AbReport check) {
    Map<String, Object> more = new LinkedHashMap<>();
    if (cost != null) {
      more.put("cost", cost);
    }
    if (check != null) {
      more.put("check", check);
    }
    return Json.of(report, more);
  }

  @Override
  public String html(AbReport check) {
    return LivePage.of(report, cost, check);
  }

  @Override
  public void print(Page page) {
    page.printf(
        "%s, profile %s: %.0f s%s, %s%n%n",
        report.workload(),
        report.profile(),
        report.seconds(),
        report.complete() ? "" : ", ended before its time",
        decisions(report.generation()));
    page.print(LiveTables.learners(report.learners(), report.seconds()));
    page.println();
    if (!report.settings().isEmpty()) {
      page.print(LiveTables.settings(report.settings()));
      page.println();
    }
    if (!report.advice().isEmpty()) {
      page.print(LiveTables.advice(report.advice()));
      page.println();
    }
    if (!report.steps().isEmpty()) {
      printSteps(page);
      page.println();
    }
    for (Policy.Setting setting : report.settings()) {
      LivePicture.lines(setting, report.values(setting.key()), report.samples())
          .forEach(page::println);
      page.println();
    }
    report.notes().forEach(note -> page.println("note: " + note));
    if (cost != null) {
      page.println("cost: " + cost.text());
    }
  }

  private void printSteps(Page page) {
    TextTable steps =
        new TextTable(">seconds", ">generation", "learner", "option", ">before", ">value", "why");
    int left = Math.max(0, report.steps().size() - MOST_STEPS);
    for (LiveStep step : report.steps().subList(left, report.steps().size())) {
      steps.row(
          TextTable.decimal(step.seconds()),
          TextTable.grouped(step.generation()),
          step.learner(),
          step.key(),
          step.before(),
          step.value(),
          step.reason());
    }
    page.print(steps);
    if (left > 0) {
      page.printf("%s before these: --json and --html have them%n", decisions(left));
    }
    if (report.unseen() > 0) {
      page.printf("%s were replaced before they were seen%n", decisions(report.unseen()));
    }
  }

  private static String decisions(long count) {
    return TextTable.grouped(count) + (count == 1 ? " decision" : " decisions");
  }
}
