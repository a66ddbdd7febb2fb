package hak.bench.sweep;

import java.util.ArrayList;
import java.util.List;

/**
 * How many candidates a search still has, rung by rung, and how many forks each of them gets.
 *
 * <pre>
 *   rung 1   all of them              first forks each
 *   rung 2   the better half          twice as many
 *   rung 3   the better half of it    twice as many, up to a bound
 *   ...      until {@value #LAST} or fewer are left, who are judged
 * </pre>
 *
 * <p>Successive halving: Karnin, Koren and Somekh, "Almost Optimal Exploration in Multi-Armed
 * Bandits", ICML 2013; with settings as arms: Jamieson and Talwalkar, "Non-stochastic Best Arm
 * Identification and Hyperparameter Optimization", AISTATS 2016. Each rung is judged by its own
 * forks alone, so who was lucky once has to be lucky again.
 *
 * @param candidates how many there are at first, 1 or more
 * @param firstForks processes of each in the first rung, 1 or more
 * @param mostForks processes of each in any rung, {@code firstForks} or more
 */
public record Halving(int candidates, int firstForks, int mostForks) {
  /** So many or fewer are not halved. */
  public static final int LAST = 3;

  /**
   * A rung.
   *
   * @param number from 1 on
   * @param candidates who play
   * @param kept who are left then
   * @param forks processes of each
   */
  public record Rung(int number, int candidates, int kept, int forks) {}

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Halving {
    if (candidates < 1 || firstForks < 1 || mostForks < firstForks) {
      throw new IllegalArgumentException(
          candidates + " candidates, " + firstForks + " to " + mostForks + " forks");
    }
  }

  /** The rungs in order; none if there are few candidates. */
  public List<Rung> rungs() {
    List<Rung> rungs = new ArrayList<>();
    int forks = firstForks;
    int kept;
    for (int left = candidates; left > LAST; left = kept) {
      kept = (left + 1) / 2;
      rungs.add(new Rung(rungs.size() + 1, left, kept, forks));
      forks = Math.min(mostForks, 2 * forks);
    }
    return rungs;
  }

  /** How many are left for the judge. */
  public int last() {
    List<Rung> rungs = rungs();
    return rungs.isEmpty() ? candidates : rungs.getLast().kept();
  }

  /** Processes that all rungs start for one program, without those of the base. */
  public long forks() {
    return rungs().stream().mapToLong(rung -> (long) rung.candidates() * rung.forks()).sum();
  }
}
