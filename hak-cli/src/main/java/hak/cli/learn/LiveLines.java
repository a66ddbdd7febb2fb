package hak.cli.learn;

import hak.bench.live.LiveReport;
import hak.bench.live.LiveSample;
import hak.bench.live.LiveStep;
import hak.bench.live.LiveWatcher;
import hak.cli.output.Page;
import hak.cli.output.TextTable;
import hak.core.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Learners at work, a line a second, and one for each decision. */
final class LiveLines implements LiveWatcher {
  private static final int LINES_BELOW_HEADS = 20;
  private static final double LEAST_SECONDS = 1;

  private final Page page;
  private double shownSeconds = -LEAST_SECONDS;
  private int lines;

  LiveLines(Page page) {
    this.page = page;
  }

  @Override
  public void looked(List<LiveSample> samples, Policy policy, List<LiveStep> news) {
    for (LiveStep step : news) {
      page.printf(
          "%8.1f  %s: %s %s -> %s: %s%n",
          step.seconds(), step.learner(), step.key(), step.before(), step.value(), step.reason());
    }
    LiveSample sample = samples.getLast();
    if (sample.seconds() - shownSeconds >= LEAST_SECONDS) {
      shownSeconds = sample.seconds();
      print(sample, policy);
    }
    page.flush();
  }

  private void print(LiveSample sample, Policy policy) {
    if (lines++ % LINES_BELOW_HEADS == 0) {
      row(List.of("seconds", "windows", "generation", "failed", "in windows", "resident", "calls"))
          .println("  in force");
    }
    long failures = policy.learners().stream().mapToLong(Policy.Learner::failures).sum();
    double share =
        policy.learners().stream()
            .mapToDouble(learner -> LiveReport.cost(learner, sample.seconds()))
            .sum();
    row(List.of(
            String.format(Locale.ROOT, "%.1f", sample.seconds()),
            TextTable.grouped(sample.windows()),
            TextTable.grouped(sample.generation()),
            TextTable.grouped(failures),
            LiveTables.percent(share),
            LiveTables.mebibytes(sample.residentBytes()),
            LiveTables.millions(sample.callsPerSecond())))
        .println("  " + inForce(policy));
  }

  private Page row(List<String> cells) {
    List<Object> all = new ArrayList<>(cells);
    page.printf("%8s  %7s  %10s  %6s  %10s  %11s  %9s", all.toArray());
    return page;
  }

  private static String inForce(Policy policy) {
    Stream<String> set =
        LiveReport.turned(policy).stream().map(setting -> setting.key() + " " + setting.value());
    Stream<String> advised =
        policy.advice().stream()
            .filter(Policy.Advice::isChange)
            .map(advice -> LiveStep.NEXT_TIME + advice.key() + " " + advice.value());
    return Stream.concat(set, advised).collect(Collectors.joining(", "));
  }
}
