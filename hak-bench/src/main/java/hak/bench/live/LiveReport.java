package hak.bench.live;

import hak.core.Policy;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the learners of a stack did while a program ran.
 *
 * @param profile the profile of the stack
 * @param workload what was replayed
 * @param threads how many threads replayed it
 * @param complete whether it lasted as long as it was to
 * @param seconds how long it lasted
 * @param generation how many decisions there were
 * @param unseen decisions that were replaced before they were seen; {@code steps} lacks them
 * @param settings what each key that a learner turns is set to at the end, and why
 * @param advice what the next stack should be set to, of what this one could not, and why
 * @param learners what each learner did
 * @param steps what was decided when, and why
 * @param notes what to know about learners that did nothing, failed, or took long
 * @param samples the stack over time
 */
public record LiveReport(
    String profile,
    String workload,
    int threads,
    boolean complete,
    double seconds,
    long generation,
    long unseen,
    List<Policy.Setting> settings,
    List<Policy.Advice> advice,
    List<Policy.Learner> learners,
    List<LiveStep> steps,
    List<String> notes,
    List<LiveSample> samples) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Copies the lists. */
  public LiveReport {
    settings = List.copyOf(settings);
    advice = List.copyOf(advice);
    learners = List.copyOf(learners);
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
    samples = List.copyOf(samples);
  }

  /** The share of the time of a run that a learner spent in its windows, of one processor. */
  public static double cost(Policy.Learner learner, double seconds) {
    return learner.windowNanos() / NANOS_PER_SECOND / seconds;
  }

  /** The settings that a learner of the stack turns. */
  public static List<Policy.Setting> turned(Policy policy) {
    Set<String> keys =
        policy.learners().stream()
            .flatMap(learner -> learner.turns().stream())
            .collect(Collectors.toSet());
    return policy.settings().stream().filter(setting -> keys.contains(setting.key())).toList();
  }

  /** What was in force over time of one of {@link #turned}, by its index there. */
  public static List<Long> values(List<LiveSample> samples, int index) {
    return samples.stream().map(sample -> sample.values().get(index)).toList();
  }

  /** The values over time of a key that a learner turns. */
  public List<Long> values(String key) {
    return values(samples, settings.stream().map(Policy.Setting::key).toList().indexOf(key));
  }
}
