package hak.bench.sweep;

import hak.bench.Machine;
import hak.bench.Ratio;
import hak.bench.ab.AbReport;
import hak.bench.ab.Verdict;
import java.util.List;

/**
 * What {@link Sweep} found.
 *
 * @param date when it began: ISO 8601, UTC
 * @param machine where
 * @param jdk version and name of the JVM
 * @param base the name of what all were held against
 * @param candidates the names of those that were searched
 * @param rungs what was planned
 * @param rounds timed rounds in each fork of a rung
 * @param searches one for each workload, and one over all if there are several
 * @param last the last candidates judged against the base; null if it was stopped before
 * @param best the best on each workload, and on all if there are several; empty if {@code last} has
 *     no result
 * @param regrets what others lose against the best; empty if {@code last} has no result
 */
public record SweepReport(
    String date,
    Machine machine,
    String jdk,
    String base,
    List<String> candidates,
    List<Halving.Rung> rungs,
    int rounds,
    List<Standings> searches,
    AbReport last,
    List<Best> best,
    List<Regret> regrets) {
  /** What a search over several workloads is called. */
  public static final String OVERALL = "geometric mean";

  /** Copies the lists. */
  public SweepReport {
    candidates = List.copyOf(candidates);
    rungs = List.copyOf(rungs);
    searches = List.copyOf(searches);
    best = List.copyOf(best);
    regrets = List.copyOf(regrets);
  }

  /** Whether all was done. */
  public boolean complete() {
    return last != null && last.complete();
  }

  /** Whether there is a best one: the last candidates have a fork each on some workload. */
  public boolean hasResult() {
    return !best.isEmpty();
  }

  /** The best on all workloads; there is a result. */
  public Best bestOnTheWhole() {
    return best.getLast();
  }

  /**
   * How a search went.
   *
   * @param on the workload, or {@link #OVERALL}
   * @param rows one for each candidate that played, who came further first
   */
  public record Standings(String on, List<Row> rows) {
    /** Copies the list. */
    public Standings {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A candidate in a search.
   *
   * @param candidate its name
   * @param ratios its time by that of the base in each rung that it played to the end
   * @param dropped the rung, from 1, that it was dropped in; null if it was not
   */
  public record Row(String candidate, List<Ratio> ratios, Integer dropped) {
    /** Copies the list. */
    public Row {
      ratios = List.copyOf(ratios);
    }
  }

  /**
   * What took the least time of all that were judged.
   *
   * @param on the workload, or {@link #OVERALL}
   * @param number of the stack: 0 is the base, then come the candidates, then the others
   * @param stack its name
   * @param ratio its time by that of the base
   * @param verdict whether the difference is one
   */
  public record Best(String on, int number, String stack, Ratio ratio, Verdict verdict) {}

  /**
   * What a stack loses against the best of each workload.
   *
   * @param stack its name
   * @param rows one for each workload
   * @param ratio geometric mean: by one who had the best for each workload
   */
  public record Regret(String stack, List<RegretRow> rows, Ratio ratio) {
    /** Copies the list. */
    public Regret {
      rows = List.copyOf(rows);
    }
  }

  /**
   * What a stack loses on one workload.
   *
   * @param on the workload
   * @param best the name of the best one there
   * @param ratio time by that of the best: 1.05 is a regret of 5 %
   */
  public record RegretRow(String on, String best, Ratio ratio) {}
}
