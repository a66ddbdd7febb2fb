package hak.bench;

import com.google.gson.annotations.SerializedName;
import hak.core.LayerCount;
import hak.core.LayerEvent;
import hak.core.Ledger;
import hak.core.ShadowCount;
import java.util.List;

/**
 * What {@link Runner} found. What was not measured is null.
 *
 * @param profile the name of the profile
 * @param jdk version and name of the JVM
 * @param runs one for each workload, in order
 * @param ledger the ledgers of the timed stacks, all blocks freed, added up over the runs
 */
public record RunReport(String profile, String jdk, List<Run> runs, Ledger ledger) {
  /** Copies the list. */
  public RunReport {
    runs = List.copyOf(runs);
  }

  /** Whether no verification failed. */
  public boolean passed() {
    return runs.stream().noneMatch(run -> Boolean.FALSE.equals(run.verified()));
  }

  /**
   * One workload.
   *
   * @param workload its name
   * @param threads threads that replayed it at the same time
   * @param rounds timed rounds
   * @param events calls of one thread in one round, the mean over the threads; freeing what is left
   *     at the end is not counted
   * @param verified whether the verified round passed; null when there was none
   * @param verificationFailure what failed, else null
   * @param nanosPerEvent times of the timed rounds
   * @param rssBytes resident memory of the stack
   * @param pageFaults page faults of the replaying threads in the first replay on a fresh stack,
   *     less those of the same loop with no allocator; null of a workload whose threads die
   * @param syscallsPerEvent system calls of that stack from its first event to its last free, by
   *     events of all threads
   * @param boxes what each layer did in one replay on a fresh stack
   * @param ledgerAtEnd the ledger of a fresh stack after the last event, before what is left is
   *     freed
   * @param classes as {@code boxes}, by size class
   * @param lastEvents the last events of that replay, of a profile that has them remembered
   * @param shadows what caches of other capacities would have done with calls of that replay, of a
   *     profile that has them looked at
   * @param callSum checksum of the calls of a round, in hexadecimal; the same for the same calls
   * @param remoteShare the frees of blocks that another thread allocated by all frees, a fraction
   */
  public record Run(
      String workload,
      int threads,
      int rounds,
      long events,
      Boolean verified,
      String verificationFailure,
      Nanos nanosPerEvent,
      Rss rssBytes,
      Long pageFaults,
      Double syscallsPerEvent,
      List<LayerCount> boxes,
      Ledger ledgerAtEnd,
      List<ClassCount> classes,
      List<LayerEvent> lastEvents,
      List<ShadowCount> shadows,
      String callSum,
      Double remoteShare) {}

  /**
   * Wall time of a round, from the first thread's start to the last one's end, by the calls of one
   * thread.
   *
   * @param best of the fastest round
   * @param median of all rounds
   * @param floor median of rounds of the same loop with no allocator, in turn with the others
   * @param rounds all rounds
   * @param floorRounds all rounds of the floor, in the same turns
   * @param repeatedRounds how many rounds were played again because the floor moved in them; at
   *     most as many as there are
   * @param movedRounds in how many of those that count the floor is beyond the usual all the same
   */
  public record Nanos(
      double best,
      double median,
      double floor,
      List<Double> rounds,
      List<Double> floorRounds,
      int repeatedRounds,
      int movedRounds) {
    /** Copies the lists. */
    public Nanos {
      rounds = List.copyOf(rounds);
      floorRounds = List.copyOf(floorRounds);
    }
  }

  /**
   * Resident bytes of the stack's own mappings.
   *
   * @param baseline of the open stack before the first event
   * @param peak the highest of samples every 8,192 events
   * @param last after all blocks are freed; {@code final} in JSON
   * @param overTime at most 128 of these samples in order, each the highest of its stretch
   */
  public record Rss(
      long baseline, long peak, @SerializedName("final") long last, List<Long> overTime) {
    /** Copies the list. */
    public Rss {
      overTime = List.copyOf(overTime);
    }
  }
}
