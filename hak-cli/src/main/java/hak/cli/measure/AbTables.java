package hak.cli.measure;

import hak.bench.Machine;
import hak.bench.Ratio;
import hak.bench.ab.AbReport;
import hak.bench.ab.Rule;
import hak.bench.ab.Verdict;
import hak.cli.output.Page;
import hak.cli.output.Paint;
import hak.cli.output.RatioCells;
import hak.cli.output.TextTable;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Prints what an A/B found. */
public final class AbTables {
  private static final double MEBIBYTE = 1 << 20;
  private static final String GEOMETRIC_MEAN = "geometric mean";

  private final Page page;

  /** On a page. */
  public AbTables(Page page) {
    this.page = page;
  }

  /** Prints all of it. */
  public void print(AbReport report) {
    Machine machine = report.machine();
    page.printf(
        "base %s, %s, %d x %s, load %.1f%n",
        report.base().name(),
        report.jdk(),
        machine.processors(),
        machine.processor(),
        machine.load());
    page.printf(
        "%d of %d forks an arm, %d rounds, %s, threshold %s %%%n",
        report.forksDone(),
        report.forks(),
        report.rounds(),
        report.threads() == 1 ? "1 thread" : report.threads() + " threads",
        percent(report.threshold()));
    warn(report);
    if (report.hasResult()) {
      report.comparisons().forEach(this::comparison);
      page.println();
      noise(report.noise());
    }
  }

  private void warn(AbReport report) {
    if (!report.complete()) {
      page.printError(
          report.hasResult()
              ? "stopped before the end: of the forks that were over by then"
              : "stopped before one fork was over: nothing to compare");
    } else if (report.forks() < Rule.FEWEST_FORKS) {
      page.printError(
          "fewer than " + Rule.FEWEST_FORKS + " forks cannot show a difference: all is NEUTRAL");
    }
  }

  private static String percent(double fraction) {
    String text = String.format(Locale.ROOT, "%.3f", 100 * fraction);
    return text.replaceFirst("\\.?0+$", "");
  }

  private void comparison(AbReport.Comparison comparison) {
    page.printf("%n%s by %s%n%n", comparison.name(), "the base");
    measure("ns per event", comparison.time(), TextTable::decimal);
    if (comparison.memory() != null) {
      page.println();
      measure("peak MiB", comparison.memory(), AbTables::mebibytes);
    }
  }

  private static String mebibytes(double bytes) {
    return String.format(Locale.ROOT, "%,.1f", bytes / MEBIBYTE);
  }

  private void measure(String figure, AbReport.Measure measure, DoubleFunction<String> cell) {
    TextTable table =
        new TextTable(figure, ">base", ">this", ">ratio", "95 %", ">p, corrected", "verdict");
    for (AbReport.Row row : measure.rows()) {
      table.row(
          row.workload(),
          cell.apply(row.base()),
          cell.apply(row.value()),
          RatioCells.value(row.ratio()),
          RatioCells.interval(row.ratio()),
          pValue(row.adjustedP()),
          row.verdict().toString());
    }
    table.row(
        GEOMETRIC_MEAN,
        "",
        "",
        RatioCells.value(measure.ratio()),
        RatioCells.interval(measure.ratio()),
        pValue(measure.p()),
        measure.verdict().toString());
    page.print(table);
    page.printf("%s", paint(measure.verdict()));
    if (measure.rows().size() > 1) {
      page.printf("; worst row: %s", measure.worst());
    }
    page.println();
  }

  private static String pValue(double p) {
    return p < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }

  private String paint(Verdict verdict) {
    return switch (verdict) {
      case GO -> page.paint(Paint.BEST, verdict.toString());
      case NEUTRAL -> verdict.toString();
      case NO_GO -> page.paint(Paint.ERROR, verdict.toString());
    };
  }

  private void noise(AbReport.Noise noise) {
    TextTable table = new TextTable("noise: base by base", ">time", "95 %", ">memory", "95 %");
    for (int i = 0; i < noise.time().rows().size(); i++) {
      AbReport.SpreadRow time = noise.time().rows().get(i);
      noiseRow(table, time.workload(), time.ratio(), memoryOf(noise, time.workload()));
    }
    noiseRow(
        table,
        GEOMETRIC_MEAN,
        noise.time().ratio(),
        noise.memory() == null ? null : noise.memory().ratio());
    page.print(table);
  }

  /** Null where it is unknown. */
  private static Ratio memoryOf(AbReport.Noise noise, String workload) {
    return noise.memory() == null
        ? null
        : noise.memory().rows().stream()
            .filter(row -> row.workload().equals(workload))
            .map(AbReport.SpreadRow::ratio)
            .findFirst()
            .orElse(null);
  }

  private static void noiseRow(TextTable table, String name, Ratio time, Ratio memory) {
    table.row(
        name,
        RatioCells.value(time),
        RatioCells.interval(time),
        RatioCells.value(memory),
        RatioCells.interval(memory));
  }
}
