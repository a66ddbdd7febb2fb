package hak.bench.ab;

import hak.bench.Ratio;
import hak.bench.stats.Holm;
import hak.bench.stats.MannWhitney;
import hak.bench.stats.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holds one figure of several arms against the base.
 *
 * <p>A row is a workload: the ratio of the medians of the forks, its interval by drawing forks of
 * the same turn together, and the Mann-Whitney test of the forks. Over all rows: the geometric
 * mean, and the test of the geometric mean that each fork has over the workloads. p-values are
 * corrected over all rows of all changed stacks, and over the totals of these.
 */
final class Judge {
  private final Rule rule;
  private final List<Sampled> workloads;

  /**
   * Of workloads with as many forks each; those without any are left out.
   *
   * @param workloads one figure on each workload
   */
  Judge(Rule rule, List<Sampled> workloads) {
    List<Sampled> known = workloads.stream().filter(sampled -> sampled.forks() > 0).toList();
    int forks = known.stream().mapToInt(Sampled::forks).min().orElse(0);
    this.rule = rule;
    this.workloads = known.stream().map(sampled -> sampled.first(forks)).toList();
  }

  /** Judges the changed stacks; null for each where there is nothing to judge by. */
  List<AbReport.Measure> judge(int changed) {
    List<Integer> arms =
        IntStream.range(0, changed).mapToObj(i -> Sampled.BASE_AGAIN + 1 + i).toList();
    if (workloads.isEmpty()) {
      return arms.stream().map(_ -> (AbReport.Measure) null).toList();
    }
    double[] rowValues =
        Holm.adjusted(
            arms.stream()
                .flatMapToDouble(arm -> workloads.stream().mapToDouble(on -> pValue(on, arm)))
                .toArray());
    double[] totalValues =
        Holm.adjusted(arms.stream().mapToDouble(arm -> pValue(overall(), arm)).toArray());
    List<AbReport.Measure> measures = new ArrayList<>();
    for (int i = 0; i < changed; i++) {
      int from = i * workloads.size();
      double[] values = Arrays.copyOfRange(rowValues, from, from + workloads.size());
      measures.add(measure(arms.get(i), values, totalValues[i]));
    }
    return measures;
  }

  /** The base against itself; null where there is nothing to tell it by. */
  AbReport.Spread spread() {
    if (workloads.isEmpty()) {
      return null;
    }
    List<AbReport.SpreadRow> rows =
        workloads.stream()
            .map(sampled ->
                new AbReport.SpreadRow(
                    sampled.workload(), ratio(List.of(sampled), Sampled.BASE_AGAIN)))
            .toList();
    return new AbReport.Spread(rows, ratio(workloads, Sampled.BASE_AGAIN));
  }

  private static Ratio ratio(List<Sampled> on, int arm) {
    return Ratio.ofMedians(
        on.stream().map(sampled -> sampled.compared().get(arm)).toList(),
        on.stream().map(sampled -> sampled.compared().get(Sampled.BASE)).toList());
  }

  private static double pValue(Sampled sampled, int arm) {
    return MannWhitney.pValue(sampled.compared().get(arm), sampled.compared().get(Sampled.BASE));
  }

  /** The geometric mean over the workloads of each fork of each arm. */
  private Sampled overall() {
    int arms = workloads.getFirst().compared().size();
    List<double[]> means = IntStream.range(0, arms).mapToObj(this::meanOfEachFork).toList();
    return new Sampled("", means, means);
  }

  private double[] meanOfEachFork(int arm) {
    return IntStream.range(0, workloads.getFirst().forks())
        .mapToDouble(fork ->
            workloads.stream()
                .mapToDouble(sampled -> Math.log(sampled.compared().get(arm)[fork]))
                .average()
                .orElseThrow())
        .map(Math::exp)
        .toArray();
  }

  private AbReport.Measure measure(int arm, double[] rowValues, double totalValue) {
    List<AbReport.Row> rows = new ArrayList<>();
    for (int i = 0; i < workloads.size(); i++) {
      rows.add(row(workloads.get(i), arm, rowValues[i]));
    }
    AbReport.Row worst =
        rows.stream().max(Comparator.comparingDouble(row -> row.ratio().value())).orElseThrow();
    Ratio mean = ratio(workloads, arm);
    return new AbReport.Measure(
        rows, mean, totalValue, rule.verdict(mean, totalValue), worst.workload());
  }

  private AbReport.Row row(Sampled sampled, int arm, double adjusted) {
    Ratio ratio = ratio(List.of(sampled), arm);
    return new AbReport.Row(
        sampled.workload(),
        Samples.median(sampled.figures().get(Sampled.BASE)),
        Samples.median(sampled.figures().get(arm)),
        ratio,
        pValue(sampled, arm),
        adjusted,
        rule.verdict(ratio, adjusted));
  }
}
