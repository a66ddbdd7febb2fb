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
 * <p>A row is a workload: the ratio of the medians of the forks, its interval by drawing turns, and
 * the Mann-Whitney test of the forks. Over all rows: the geometric mean, and the test of the
 * geometric mean that each fork has over the workloads. p-values are corrected over all rows of all
 * arms that are judged together, and over the totals of these arms.
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

  /** Judges arms together; null for each where there is nothing to judge by. */
  List<AbReport.Measure> judge(List<Integer> arms) {
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
    for (int i = 0; i < arms.size(); i++) {
      int from = i * workloads.size();
      double[] values = Arrays.copyOfRange(rowValues, from, from + workloads.size());
      measures.add(measure(arms.get(i), values, totalValues[i]));
    }
    return measures;
  }

  private static double pValue(Sampled sampled, int arm) {
    return MannWhitney.pValue(sampled.arms().get(arm), sampled.base());
  }

  /** The geometric mean over the workloads of each fork of each arm. */
  private Sampled overall() {
    int arms = workloads.getFirst().arms().size();
    return new Sampled("", IntStream.range(0, arms).mapToObj(this::meanOfEachFork).toList());
  }

  private double[] meanOfEachFork(int arm) {
    return IntStream.range(0, workloads.getFirst().forks())
        .mapToDouble(fork ->
            workloads.stream()
                .mapToDouble(sampled -> Math.log(sampled.arms().get(arm)[fork]))
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
    Ratio mean =
        Ratio.ofMedians(
            workloads.stream().map(sampled -> sampled.arms().get(arm)).toList(),
            workloads.stream().map(Sampled::base).toList());
    AbReport.Row worst =
        rows.stream()
            .max(Comparator.comparingDouble(row -> row.ratio().value()))
            .orElseThrow();
    return new AbReport.Measure(
        rows, mean, totalValue, rule.verdict(mean, totalValue), worst.workload());
  }

  private AbReport.Row row(Sampled sampled, int arm, double adjusted) {
    double[] samples = sampled.arms().get(arm);
    Ratio ratio = Ratio.ofMedians(samples, sampled.base());
    return new AbReport.Row(
        sampled.workload(),
        Samples.median(sampled.base()),
        Samples.median(samples),
        ratio,
        pValue(sampled, arm),
        adjusted,
        rule.verdict(ratio, adjusted));
  }
}
