package hak.bench.ab;

import hak.bench.Machine;
import hak.bench.Ratio;
import hak.core.LayerCount;
import hak.core.StackDescription;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What {@link Ab} found.
 *
 * @param date when it began: ISO 8601, UTC
 * @param machine where
 * @param jdk version and name of the JVM
 * @param threads the most threads that replayed at the same time on any workload
 * @param rounds timed rounds in each fork
 * @param forks forks of each arm that were planned
 * @param complete whether all of them were over when it ended
 * @param threshold by how much an interval must leave out 1, a fraction
 * @param base the stack that the others are held against
 * @param changed the others
 * @param noise how far two equal stacks are apart here
 * @param comparisons one for each changed stack, in order
 * @param samples what all of it is computed from
 */
public record AbReport(
    String date,
    Machine machine,
    String jdk,
    int threads,
    int rounds,
    int forks,
    boolean complete,
    double threshold,
    Stack base,
    List<Stack> changed,
    Noise noise,
    List<Comparison> comparisons,
    List<Samples> samples) {
  /** Copies the lists. */
  public AbReport {
    changed = List.copyOf(changed);
    comparisons = List.copyOf(comparisons);
    samples = List.copyOf(samples);
  }

  /** The fewest forks of a workload that are over. */
  public int forksDone() {
    return samples.stream().mapToInt(Samples::forks).min().orElse(0);
  }

  /** Whether anything can be compared: one fork of one workload. */
  public boolean hasResult() {
    return noise.time() != null;
  }

  /**
   * A stack.
   *
   * @param name of its profile
   * @param description its layers
   * @param hitRates what they do on each workload; empty if there is no box that counts
   */
  public record Stack(String name, StackDescription description, List<Hits> hitRates) {
    /** Copies the list. */
    public Stack {
      hitRates = List.copyOf(hitRates);
    }
  }

  /**
   * What the layers of a stack do in one replay.
   *
   * @param workload what was replayed
   * @param layers the layers, from the caller down
   */
  public record Hits(String workload, List<LayerCount> layers) {
    /** Copies the list. */
    public Hits {
      layers = List.copyOf(layers);
    }
  }

  /**
   * A stack against the base.
   *
   * @param name of its profile
   * @param time nanoseconds per event; null if no fork is over
   * @param memory peak of resident bytes; null if it is unknown or none was taken
   */
  public record Comparison(String name, Measure time, Measure memory) {}

  /**
   * The base against itself, in processes of its own.
   *
   * @param time nanoseconds per event; null if no fork is over
   * @param memory peak of resident bytes; null if it is unknown or none was taken
   */
  public record Noise(Spread time, Spread memory) {}

  /**
   * How far two equal stacks are apart in one figure.
   *
   * @param rows one for each workload
   * @param ratio geometric mean of the ratios
   */
  public record Spread(List<SpreadRow> rows, Ratio ratio) {
    /** Copies the list. */
    public Spread {
      rows = List.copyOf(rows);
    }
  }

  /**
   * How far two equal stacks are apart on one workload.
   *
   * @param workload its name
   * @param ratio base again by base
   */
  public record SpreadRow(String workload, Ratio ratio) {}

  /**
   * One figure on all workloads.
   *
   * @param rows one for each workload
   * @param ratio geometric mean of the ratios
   * @param p corrected p-value of the forks' geometric means
   * @param verdict over all rows
   * @param worst the workload with the largest ratio
   */
  public record Measure(List<Row> rows, Ratio ratio, double p, Verdict verdict, String worst) {
    /** Copies the list. */
    public Measure {
      rows = List.copyOf(rows);
    }
  }

  /**
   * One figure on one workload.
   *
   * @param workload its name
   * @param base median over the forks of the base
   * @param value median over the forks of the other stack
   * @param ratio other by base, of the medians of what is compared; less is better
   * @param p p-value of the Mann-Whitney test
   * @param adjustedP the same corrected by Holm's method
   * @param verdict of this row
   */
  public record Row(
      String workload,
      double base,
      double value,
      Ratio ratio,
      double p,
      double adjustedP,
      Verdict verdict) {}

  /**
   * All samples of one workload.
   *
   * @param workload its name
   * @param events calls of one thread in one round, the mean over the threads
   * @param arms the base, the base again, and the changed stacks in order
   * @param threads threads that replayed at the same time
   */
  public record Samples(String workload, long events, List<Arm> arms, int threads) {
    /** Copies the list. */
    public Samples {
      arms = List.copyOf(arms);
    }

    /** The forks that are over. */
    public int forks() {
      return arms.getFirst().nanosPerEvent().size();
    }

    /**
     * Of each fork what an arm takes relative to the base. For the base that is 1: its figure says
     * how its two arms differ, and would bring their noise in a second time.
     *
     * @param arm its place among the arms
     */
    public double[] byBase(int arm) {
      return arm == Sampled.BASE
          ? DoubleStream.generate(() -> 1).limit(forks()).toArray()
          : arms.get(arm).relativeTime().stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  /**
   * The samples of one arm, one for each fork.
   *
   * @param name the arm
   * @param nanosPerEvent median of its rounds
   * @param relativeTime the same without what the arms of a turn have in common: what its rounds
   *     take by those of the base in the same turns
   * @param peakBytes peak of resident memory less that before the first event; empty if it is
   *     unknown
   */
  public record Arm(
      String name, List<Double> nanosPerEvent, List<Double> relativeTime, List<Double> peakBytes) {
    /** Copies the lists. */
    public Arm {
      nanosPerEvent = List.copyOf(nanosPerEvent);
      relativeTime = List.copyOf(relativeTime);
      peakBytes = List.copyOf(peakBytes);
    }
  }
}
