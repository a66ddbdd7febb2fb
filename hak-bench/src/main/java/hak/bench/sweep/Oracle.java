package hak.bench.sweep;

import hak.bench.Ratio;
import hak.bench.ab.AbReport;
import hak.bench.ab.Verdict;
import hak.bench.stats.Samples;
import hak.bench.sweep.SweepReport.Best;
import hak.bench.sweep.SweepReport.Regret;
import hak.bench.sweep.SweepReport.RegretRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who was best in an A/B, and what others lose against the best of each workload. The best is
 * chosen by the samples that it is held against, so regrets are rather too large than too small;
 * and an interval is that of the two that are named, whoever else might be the best.
 */
final class Oracle {
  /** The arm of the first changed stack: before it are those of the base. */
  static final int FIRST_CHANGED = 2;

  private final AbReport judged;
  private final List<AbReport.Samples> samples;
  private final int forks;

  /** Who is best on each workload, by the number of the arm. */
  private final int[] best;

  /**
   * Of an A/B.
   *
   * @param judged workloads of which no fork is over are left out
   */
  Oracle(AbReport judged) {
    this.judged = judged;
    samples = judged.samples().stream().filter(on -> on.forks() > 0).toList();
    forks = samples.stream().mapToInt(AbReport.Samples::forks).min().orElse(0);
    best = samples.stream().mapToInt(on -> bestArm(List.of(on))).toArray();
  }

  private double[] times(AbReport.Samples on, int arm) {
    return Arrays.copyOf(on.byBase(arm), forks);
  }

  /** All stacks, the base once. */
  private IntStream arms() {
    int arms = FIRST_CHANGED + judged.changed().size();
    return IntStream.range(0, arms).filter(arm -> arm == 0 || arm >= FIRST_CHANGED);
  }

  private int bestArm(List<AbReport.Samples> on) {
    return arms()
        .boxed()
        .min(
            Comparator.comparingDouble(arm ->
                on.stream().mapToDouble(each -> Math.log(Samples.median(times(each, arm)))).sum()))
        .orElseThrow();
  }

  private String name(int arm) {
    return arm == 0 ? judged.base().name() : judged.changed().get(arm - FIRST_CHANGED).name();
  }

  private Ratio ratio(List<AbReport.Samples> on, int arm, int... others) {
    return Ratio.ofMedians(
        on.stream().map(each -> times(each, arm)).toList(),
        IntStream.range(0, on.size()).mapToObj(i -> times(on.get(i), others[i])).toList());
  }

  /**
   * The best on each workload, and then on all if there are several; none without a result.
   *
   * @param numbers what the changed stacks are called by in {@link Best#number}
   */
  List<Best> best(List<Integer> numbers) {
    List<Best> found = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      String workload = samples.get(i).workload();
      found.add(best(workload, List.of(samples.get(i)), best[i], numbers));
    }
    if (judged.samples().size() > 1 && !samples.isEmpty()) {
      found.add(best(SweepReport.OVERALL, samples, bestArm(samples), numbers));
    }
    return found;
  }

  private Best best(String name, List<AbReport.Samples> on, int arm, List<Integer> numbers) {
    int number = arm == 0 ? 0 : numbers.get(arm - FIRST_CHANGED);
    Ratio ratio = ratio(on, arm, new int[on.size()]);
    return new Best(name, number, name(arm), ratio, verdict(name, arm));
  }

  private Verdict verdict(String on, int arm) {
    if (arm == 0) {
      return Verdict.NEUTRAL;
    }
    AbReport.Measure time = judged.comparisons().get(arm - FIRST_CHANGED).time();
    return on.equals(SweepReport.OVERALL)
        ? time.verdict()
        : time.rows().stream()
            .filter(row -> row.workload().equals(on))
            .findFirst()
            .orElseThrow()
            .verdict();
  }

  /**
   * What stacks lose; none without a result.
   *
   * @param changed places of changed stacks in the A/B; the base comes first in any case
   */
  List<Regret> regrets(List<Integer> changed) {
    if (samples.isEmpty()) {
      return List.of();
    }
    List<Regret> regrets = new ArrayList<>();
    regrets.add(regret(0));
    changed.forEach(place -> regrets.add(regret(FIRST_CHANGED + place)));
    return regrets;
  }

  private Regret regret(int arm) {
    List<RegretRow> rows = new ArrayList<>();
    for (int i = 0; i < best.length; i++) {
      AbReport.Samples on = samples.get(i);
      rows.add(new RegretRow(on.workload(), name(best[i]), ratio(List.of(on), arm, best[i])));
    }
    return new Regret(name(arm), rows, ratio(samples, arm, best));
  }
}
