package hak.bench.sweep;

import hak.bench.Progress;
import hak.bench.Workload;
import hak.bench.ab.AbLog;
import hak.bench.ab.AbRequest;
import hak.bench.ab.Rule;
import hak.core.profile.Profile;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * What {@link Sweep} is to do.
 *
 * @param base what all are held against
 * @param candidates what is searched, 1 to {@value #MOST_CANDIDATES}
 * @param others stacks that are judged with the last candidates, to know what they lose; may be
 *     none
 * @param workloads what to replay, in order
 * @param plan how often
 * @param rule when a difference is one
 * @param log has the forks that are over already, of the same stacks, and is told of each new one
 * @param progress told about every step
 * @param stop asked at every step whether to come to an end with what there is
 */
public record SweepRequest(
    Profile base,
    List<Profile> candidates,
    List<Profile> others,
    List<Workload> workloads,
    Plan plan,
    Rule rule,
    AbLog log,
    Progress progress,
    BooleanSupplier stop) {
  /** More candidates than this are not searched. */
  public static final int MOST_CANDIDATES = 256;

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there are no candidates or too many, or no workloads
   */
  public SweepRequest {
    candidates = List.copyOf(candidates);
    others = List.copyOf(others);
    workloads = List.copyOf(workloads);
    if (candidates.isEmpty() || candidates.size() > MOST_CANDIDATES || workloads.isEmpty()) {
      throw new IllegalArgumentException(
          candidates.size() + " candidates, " + workloads.size() + " workloads");
    }
  }

  /** What is held against the base: the candidates, then the others. */
  public List<Profile> changed() {
    return Stream.concat(candidates.stream(), others.stream()).toList();
  }

  /**
   * How often everything is done; fixed before the start.
   *
   * @param firstForks processes of each candidate in the first rung, 1 or more
   * @param abreast candidates that take turns in one heat, 1 to {@value #MOST_ABREAST}; each has a
   *     process, and so has the base, twice
   * @param last how the last ones are judged; no rung has more forks
   */
  public record Plan(int firstForks, int abreast, AbRequest.Plan last) {
    /** The first rung when nothing else is asked for: with two forks there is an interval. */
    public static final int DEFAULT_FIRST_FORKS = 2;

    /** Candidates of a heat when nothing else is asked for, and memory allows it. */
    public static final int DEFAULT_ABREAST = 14;

    /** The most candidates of a heat. */
    public static final int MOST_ABREAST = 62;

    /** A fork of a rung has this part of the rounds of the judgement. */
    private static final int ROUNDS_PART = 3;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Plan {
      if (firstForks < 1 || firstForks > last.forks() || abreast < 1 || abreast > MOST_ABREAST) {
        throw new IllegalArgumentException(
            firstForks + " of " + last.forks() + " forks, " + abreast + " abreast");
      }
    }

    /** Timed rounds in each fork of a rung. */
    public int rungRounds() {
      return Math.ceilDiv(last.rounds(), ROUNDS_PART);
    }

    /** The rungs of so many candidates. */
    public Halving halving(int candidates) {
      return new Halving(candidates, firstForks, last.forks());
    }
  }
}
