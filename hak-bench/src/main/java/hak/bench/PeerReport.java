package hak.bench;

import java.util.List;

/**
 * What {@link Peers} found.
 *
 * @param profile the name of the profile
 * @param jdk version and name of the JVM
 * @param threads the most threads that replayed at the same time on any workload
 * @param rounds timed rounds of each contestant in one fork
 * @param forks how often all processes were started
 * @param rows one for each workload, in order
 * @param totals one for each peer: geometric means over the workloads
 * @param skipped peers that are not here
 */
public record PeerReport(
    String profile,
    String jdk,
    int threads,
    int rounds,
    int forks,
    List<Row> rows,
    List<Total> totals,
    List<Skipped> skipped) {
  /** The peer that calls the C library's allocator from Java. */
  public static final String THROUGH_FFM = "malloc through FFM";

  /** Copies the lists. */
  public PeerReport {
    rows = List.copyOf(rows);
    totals = List.copyOf(totals);
    skipped = List.copyOf(skipped);
  }

  /**
   * One workload.
   *
   * @param workload its name
   * @param events calls of one thread in one round, the mean over the threads
   * @param hak what HAK needed
   * @param peers what each peer needed, compared with HAK
   * @param threads threads that replayed at the same time
   * @param callSum checksum of the calls of a round, in hexadecimal, which all contestants had
   * @param remoteShare the frees of blocks that another thread allocated by all frees, a fraction
   * @param repeatedRounds how many rounds were played again, by all contestants, because a floor
   *     moved in them: of all forks, at most as many as there are rounds
   * @param movedRounds in how many of those that count a floor is beyond the usual all the same
   */
  public record Row(
      String workload,
      long events,
      Cost hak,
      List<Comparison> peers,
      int threads,
      String callSum,
      double remoteShare,
      int repeatedRounds,
      int movedRounds) {
    /** Copies the list. */
    public Row {
      peers = List.copyOf(peers);
    }
  }

  /**
   * Cost of one allocator on one workload.
   *
   * @param nanosPerEvent median over rounds and forks, the loop included
   * @param bestNanosPerEvent of the fastest round
   * @param floorNanosPerEvent median of the same loop, in the same language, with no allocator
   * @param peakBytes highest resident memory less that before the first event; null if it is
   *     unknown
   * @param samples what the median is of: of each fork its median, with fewer than five of each
   *     round
   * @param floorSamples those of the floor, in the same turns
   */
  public record Cost(
      double nanosPerEvent,
      double bestNanosPerEvent,
      double floorNanosPerEvent,
      Long peakBytes,
      List<Double> samples,
      List<Double> floorSamples) {
    /** Copies the lists. */
    public Cost {
      samples = List.copyOf(samples);
      floorSamples = List.copyOf(floorSamples);
    }
  }

  /**
   * One peer on one workload.
   *
   * @param peer its name
   * @param cost what it needed
   * @param raw time of HAK by time of the peer; below 1 HAK is faster
   * @param aboveFloor the same with each one's floor taken off; null when the peer is too near to
   *     its floor
   * @param hakIs what the raw ratio says of HAK
   */
  public record Comparison(String peer, Cost cost, Ratio raw, Ratio aboveFloor, Change hakIs) {}

  /**
   * One peer over all workloads.
   *
   * @param peer its name
   * @param raw geometric mean of the raw ratios
   * @param aboveFloor geometric mean of those above floor; null when one of them is
   * @param worst the workload with the largest raw ratio
   */
  public record Total(String peer, Ratio raw, Ratio aboveFloor, String worst) {}

  /**
   * A peer that was left out.
   *
   * @param peer its name
   * @param reason what is missing
   */
  public record Skipped(String peer, String reason) {}
}
