package hak.cli.measure;

import hak.bench.Ratio;
import hak.bench.sweep.Halving;
import hak.bench.sweep.SweepReport;
import hak.bench.sweep.SweepReport.Best;
import hak.bench.sweep.SweepReport.Regret;
import hak.bench.sweep.SweepReport.RegretRow;
import hak.bench.sweep.SweepReport.Row;
import hak.bench.sweep.SweepReport.Standings;
import hak.cli.output.Page;
import hak.cli.output.RatioCells;
import hak.cli.output.TextTable;
import hak.cli.stack.ProfileGrid.LeftOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints what a sweep found. */
final class SweepTables {
  /** Of many candidates those that came far; the JSON has all. */
  private static final int MOST_ROWS = 24;

  private final Page page;

  SweepTables(Page page) {
    this.page = page;
  }

  void print(SweepReport report, List<LeftOut> leftOut) {
    page.printf(
        "%d candidates, base %s, %s, %d x %s, load %.1f%n",
        report.candidates().size(),
        report.base(),
        report.jdk(),
        report.machine().processors(),
        report.machine().processor(),
        report.machine().load());
    leftOut.forEach(left -> page.printf("left out: %s: %s%n", left.name(), left.reason()));
    for (Standings search : report.searches()) {
      if (!search.rows().isEmpty()) {
        page.println();
        standings(search, report);
      }
    }
    if (report.last() == null) {
      page.printError("stopped before the last candidates were judged: there is no best one");
      return;
    }
    page.println();
    new AbTables(page).print(report.last());
    if (report.hasResult()) {
      page.println();
      best(report);
      page.println();
      regrets(report);
    }
  }

  private void standings(Standings search, SweepReport report) {
    List<String> heads = new ArrayList<>();
    heads.add(search.on());
    for (Halving.Rung rung : report.rungs()) {
      heads.add(
          String.format(
              Locale.ROOT,
              ">rung %d: %d fork%s",
              rung.number(),
              rung.forks(),
              rung.forks() == 1 ? "" : "s"));
    }
    heads.addAll(List.of("95 % of the last", "dropped"));
    TextTable table = new TextTable(heads.toArray(String[]::new));
    search.rows().stream()
        .limit(MOST_ROWS)
        .forEach(row -> table.row(cells(row, report.rungs().size())));
    page.print(table);
    int more = search.rows().size() - MOST_ROWS;
    if (more > 0) {
      page.printf("and %d that were dropped%n", more);
    }
  }

  private static String[] cells(Row row, int rungs) {
    List<Ratio> ratios = row.ratios();
    Stream<String> values =
        Stream.concat(
            ratios.stream().map(RatioCells::value), Stream.generate(() -> "").limit(rungs));
    return Stream.of(
            Stream.of(row.candidate()),
            values.limit(rungs),
            Stream.of(
                RatioCells.interval(ratios.getLast()),
                row.dropped() == null ? "" : "rung " + row.dropped()))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  private void best(SweepReport report) {
    TextTable table = new TextTable("best", "stack", ">ratio", "95 %", "verdict");
    for (Best best : report.best()) {
      table.row(
          best.on(),
          best.stack(),
          RatioCells.value(best.ratio()),
          RatioCells.interval(best.ratio()),
          best.number() == 0 ? "the base" : best.verdict().toString());
    }
    page.print(table);
  }

  private void regrets(SweepReport report) {
    TextTable table = new TextTable("regret", "on", "against", ">percent", "95 %");
    for (Regret regret : report.regrets()) {
      for (RegretRow row : regret.rows()) {
        table.row(
            regret.stack(),
            row.on(),
            row.best(),
            percent(row.ratio().value()),
            interval(row.ratio()));
      }
      if (regret.rows().size() > 1) {
        table.row(
            regret.stack(),
            SweepReport.OVERALL,
            "the best of each",
            percent(regret.ratio().value()),
            interval(regret.ratio()));
      }
    }
    page.print(table);
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f", 100 * (ratio - 1));
  }

  private static String interval(Ratio ratio) {
    return percent(ratio.low()) + " .. " + percent(ratio.high());
  }
}
