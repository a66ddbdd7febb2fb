package hak.cli.learn;

import hak.bench.Workload;
import hak.bench.ab.Ab;
import hak.bench.ab.AbLog;
import hak.bench.ab.AbReport;
import hak.bench.ab.AbRequest;
import hak.bench.ab.Rule;
import hak.cli.command.StopRequest;
import hak.cli.measure.AbTables;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.core.profile.Profile;
import java.util.List;

/** An A/B of what was learned against the profile that was begun with. */
final class LearnCheck implements AutoCloseable {
  /** Enough for a verdict where the difference is five percent. */
  static final AbRequest.Plan PLAN = new AbRequest.Plan(6, AbRequest.Plan.DEFAULT_ROUNDS);

  private static final Rule RULE = new Rule(0.01);

  private final Profile profile;
  private final Profile learned;
  private final Workload workload;
  private final AbRequest.Plan plan;
  private StopRequest stop;
  private AbReport report;

  LearnCheck(Profile profile, Profile learned, Workload workload, AbRequest.Plan plan) {
    this.profile = profile;
    this.learned = learned;
    this.workload = workload;
    this.plan = plan;
  }

  /** Measures, unless nothing has changed. */
  void run(ProgressLine progress) {
    if (learned.equals(profile)) {
      return;
    }
    stop = StopRequest.listen();
    report =
        Ab.run(
            new AbRequest(
                profile,
                List.of(learned.withName(profile.name() + " learned")),
                List.of(workload),
                plan,
                RULE,
                AbLog.NONE,
                progress,
                stop));
  }

  /** What came out; null if there was nothing to measure. */
  AbReport report() {
    return report;
  }

  void print(Page page) {
    page.println();
    if (report == null) {
      page.println("check: what was learned is as in the profile, so there is nothing to measure");
    } else {
      new AbTables(page).print(report);
      if (report.hasResult()) {
        page.printf("%ncheck: %s%n", report.comparisons().getFirst().time().verdict());
      }
    }
  }

  /** The command has written what it has. */
  @Override
  public void close() {
    if (stop != null) {
      stop.close();
    }
  }
}
