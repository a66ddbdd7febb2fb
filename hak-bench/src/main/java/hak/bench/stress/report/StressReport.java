package hak.bench.stress.report;

import hak.bench.stress.plan.RoundPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a stress did and found.
 *
 * @param seed of the first round
 * @param profiles names of the stacks
 * @param threads platform threads that live as long as a round
 * @param jdk the JVM
 * @param collector its collector of garbage
 * @param seconds how long it took
 * @param peakResidentBytes most resident memory of the process, the Java heap included
 * @param counts what was done
 * @param failures what failed; the first of them ended the stress
 * @param stacks of all threads if one hung, else null
 */
public record StressReport(
    long seed,
    List<String> profiles,
    int threads,
    String jdk,
    String collector,
    double seconds,
    long peakResidentBytes,
    Counts counts,
    List<Failure> failures,
    String stacks) {
  /**
   * How much was done.
   *
   * @param rounds how many of each kind
   * @param operations how many of each kind
   * @param platformThreads threads that used a stack and died
   * @param virtualThreads virtual threads that did
   * @param pinnedThreads how many of those could not leave their carrier
   * @param arenas arenas opened
   * @param closesRaced stacks closed while they were used
   * @param endedByClose threads that a close ended
   * @param outOfMemory calls that found no memory
   */
  public record Counts(
      Map<String, Long> rounds,
      Map<String, Long> operations,
      long platformThreads,
      long virtualThreads,
      long pinnedThreads,
      long arenas,
      long closesRaced,
      long endedByClose,
      long outOfMemory) {}

  /**
   * What failed in a round.
   *
   * @param seed of the round: with it as the first seed and the same profiles it is repeated
   * @param kind of the round
   * @param profile of its stack
   * @param thread that failed
   * @param what failed
   * @param trace where
   */
  public record Failure(
      long seed, String kind, String profile, String thread, String what, List<String> trace) {
    /** That a thread threw what it must not throw. */
    public static Failure of(RoundPlan round, Thread thread, Throwable thrown) {
      List<String> trace = new ArrayList<>();
      addFrames(thrown, trace);
      for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
        trace.add("caused by " + cause);
        addFrames(cause, trace);
      }
      return new Failure(
          round.seed(),
          round.kind().toString(),
          round.profile().name(),
          thread.getName(),
          thrown.toString(),
          trace);
    }

    private static void addFrames(Throwable thrown, List<String> trace) {
      Arrays.stream(thrown.getStackTrace()).forEach(frame -> trace.add("at " + frame));
    }
  }

  /** Whether nothing failed. */
  public boolean passed() {
    return failures.isEmpty();
  }

  /** Whether a thread hung. */
  public boolean hung() {
    return stacks != null;
  }
}
