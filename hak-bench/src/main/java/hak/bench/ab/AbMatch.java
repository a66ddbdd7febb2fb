package hak.bench.ab;

import hak.bench.peer.JavaReplay;
import hak.bench.peer.Match;
import hak.bench.peer.StoredProgram;
import hak.bench.stats.Samples;
import hak.core.profile.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** All arms on one workload, each in processes of its own whose rounds take turns. */
final class AbMatch {
  private final String workload;
  private final StoredProgram program;
  private final List<String> arms = new ArrayList<>();
  private final Match match;

  /**
   * Of a workload.
   *
   * @param stacks of the arms, in order
   */
  AbMatch(String workload, StoredProgram program, List<Profile> stacks, AbRequest.Plan plan) {
    this.workload = workload;
    this.program = program;
    this.match = new Match(plan.rounds(), program.threads());
    for (Profile stack : stacks) {
      String arm = "arm " + arms.size();
      arms.add(arm);
      match.add(arm, () -> JavaReplay.stacks(List.of(stack), program));
    }
  }

  String workload() {
    return workload;
  }

  /** See {@link Match#playFork}. */
  Match.Fork playFork(Consumer<String> step) {
    return match.playFork(step);
  }

  /** See {@link Match#playForkTimes}. */
  Match.Fork playForkTimes(Consumer<String> step) {
    return match.playForkTimes(step);
  }

  /** See {@link Match#take}. */
  void take(Match.Fork fork) {
    match.take(fork);
  }

  /** How many forks are over. */
  int forks() {
    return match.forks();
  }

  /** Nanoseconds per event. */
  Sampled times() {
    return Sampled.leveled(workload, figures(this::nanosPerEvent), relativeTimes());
  }

  /** Peaks of resident bytes; without any where they are unknown, or nothing became resident. */
  Sampled memory() {
    List<double[]> peaks = figures(match::forkPeakBytes);
    boolean known = peaks.stream().flatMapToDouble(Arrays::stream).allMatch(peak -> peak > 0);
    return Sampled.plain(workload, known ? peaks : figures(_ -> new double[0]));
  }

  private List<double[]> figures(Function<String, double[]> ofArm) {
    return arms.stream().map(ofArm).toList();
  }

  private double[] nanosPerEvent(String arm) {
    return Arrays.stream(match.forkMedians(arm))
        .map(nanos -> nanos / program.callsPerThread())
        .toArray();
  }

  private List<double[]> relativeTimes() {
    return TurnLevel.relative(arms.stream().map(match::forkRounds).toList());
  }

  /**
   * What the report keeps.
   *
   * @param names of the arms
   */
  AbReport.Samples samples(List<String> names) {
    List<double[]> relative = relativeTimes();
    List<AbReport.Arm> kept = new ArrayList<>();
    for (int i = 0; i < arms.size(); i++) {
      kept.add(
          new AbReport.Arm(
              names.get(i),
              Samples.listOf(nanosPerEvent(arms.get(i))),
              Samples.listOf(relative.get(i)),
              Samples.listOf(match.forkPeakBytes(arms.get(i)))));
    }
    return new AbReport.Samples(
        workload, Math.round(program.callsPerThread()), kept, program.threads());
  }
}
