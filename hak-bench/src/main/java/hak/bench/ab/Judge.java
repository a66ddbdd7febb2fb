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
 * <p>A row is a workload: the ratio of the medians of the forks (of times, the median over the
 * forks of what each takes by the level of the base), its interval by drawing forks of the same
 * turn together, and the Mann-Whitney test of the forks. Over all rows: the geometric mean, and the
 * same test with the workloads as strata. p-values are corrected over all rows of all changed
 * stacks, and over the totals of these.
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
                .flatMapToDouble(
                    arm -> workloads.stream().mapToDouble(on -> pValue(List.of(on), arm)))
                .toArray());
    double[] totalValues =
        Holm.adjusted(arms.stream().mapToDouble(arm -> pValue(workloads, arm)).toArray());
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
            .map(
                sampled -> new AbReport.SpreadRow(sampled.workload(), baseByBase(List.of(sampled))))
            .toList();
    return new AbReport.Spread(rows, baseByBase(workloads));
  }

  private static Ratio baseByBase(List<Sampled> on) {
    return Ratio.ofMedians(compared(on, Sampled.BASE_AGAIN), compared(on, Sampled.BASE));
  }

  private static Ratio ratio(List<Sampled> on, int arm) {
    return Ratio.ofMedians(compared(on, arm), on.stream().map(Sampled::base).toList());
  }

  private static List<double[]> compared(List<Sampled> on, int arm) {
    return on.stream().map(sampled -> sampled.compared().get(arm)).toList();
  }

  private static double pValue(List<Sampled> on, int arm) {
    return MannWhitney.pValue(compared(on, arm), compared(on, Sampled.BASE));
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
        rows, mean, totalValue, verdict(mean, totalValue), worst.workload());
  }

  private AbReport.Row row(Sampled sampled, int arm, double adjusted) {
    Ratio ratio = ratio(List.of(sampled), arm);
    return new AbReport.Row(
        sampled.workload(),
        Samples.median(sampled.figures().get(Sampled.BASE)),
        Samples.median(sampled.figures().get(arm)),
        ratio,
        pValue(List.of(sampled), arm),
        adjusted,
        verdict(ratio, adjusted));
  }

  /** Over many workloads the test may be sure of three forks; their interval is not to be had. */
  private Verdict verdict(Ratio ratio, double pValue) {
    return workloads.getFirst().forks() < Rule.FEWEST_FORKS
        ? Verdict.NEUTRAL
        : rule.verdict(ratio, pValue);
  }
}
