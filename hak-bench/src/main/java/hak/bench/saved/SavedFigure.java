package hak.bench.saved;

import hak.bench.stats.Turns;
import java.util.List;

/**
 * The times of one allocator on one workload, as they are kept.
 *
 * @param from where they come from
 * @param command what took them: {@code run} or {@code peers}
 * @param profile the profile that HAK ran with
 * @param workload its name
 * @param threads threads that replayed at the same time
 * @param allocator {@code HAK} or a peer
 * @param forks processes that the samples are of
 * @param nanosPerEvent the samples: of each fork its median, with fewer than five of each round
 * @param floorNanosPerEvent those of the same loop with no allocator, in the same turns
 */
public record SavedFigure(
    Provenance from,
    String command,
    String profile,
    String workload,
    int threads,
    String allocator,
    int forks,
    List<Double> nanosPerEvent,
    List<Double> floorNanosPerEvent) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if something is missing, or the samples are not as many as
   *     those of the floor, or not as many of each fork
   */
  public SavedFigure {
    boolean isWhole =
        from != null
            && from.date() != null
            && from.machine() != null
            && from.jdk() != null
            && from.commit() != null
            && command != null
            && profile != null
            && workload != null
            && allocator != null
            && nanosPerEvent != null
            && floorNanosPerEvent != null;
    if (!isWhole
        || nanosPerEvent.isEmpty()
        || nanosPerEvent.size() != floorNanosPerEvent.size()
        || forks < 1
        || nanosPerEvent.size() % forks != 0) {
      throw new IllegalArgumentException("not whole");
    }
    nanosPerEvent = List.copyOf(nanosPerEvent);
    floorNanosPerEvent = List.copyOf(floorNanosPerEvent);
  }

  /** Whether the other one is of the same allocator on the same workload. */
  boolean isOfSame(SavedFigure other) {
    return command.equals(other.command)
        && workload.equals(other.workload)
        && threads == other.threads
        && allocator.equals(other.allocator);
  }

  /** The turns of the samples. */
  Turns turns() {
    return new Turns(forks, nanosPerEvent.size() / forks);
  }

  /** Each sample by that of the floor in its turn: a machine that is slower has a slower floor. */
  double[] relative() {
    double[] relative = new double[nanosPerEvent.size()];
    for (int i = 0; i < relative.length; i++) {
      relative[i] = nanosPerEvent.get(i) / floorNanosPerEvent.get(i);
    }
    return relative;
  }
}
