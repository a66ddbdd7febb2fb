package hak.bench;

import hak.bench.peer.JavaReplay;
import hak.bench.peer.StackSpec;
import hak.bench.stats.Samples;
import hak.bench.trace.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures on random-mixed that composition costs nothing: do-nothing boxes in front, and several
 * stacks in one JVM. Each stack is alone in a JVM of its own, but for the crowd; rounds take turns.
 */
public final class Compose {
  private static final String WORKLOAD = "random-mixed";
  private static final List<String> DO_NOTHING = List.of("noop", "noop#2", "noop#3", "noop#4");

  private final ComposeRequest request;
  private final Program program = Workload.synthetic(WORKLOAD).program();
  private final Match match;

  private Compose(ComposeRequest request) {
    this.request = request;
    this.match = new Match(request.forks(), request.rounds());
  }

  /**
   * Runs a request.
   *
   * @throws hak.core.profile.ProfileException if the profile cannot be read
   * @throws java.io.UncheckedIOException if a process cannot be started or ends early
   */
  public static ComposeReport run(ComposeRequest request) {
    return new Compose(request).measure();
  }

  /**
   * Six stacks: the profile, the shipped ones without caches and with another geometry, and other
   * caches.
   */
  private static List<StackSpec> crowd(String profile) {
    return List.of(
        StackSpec.of(profile),
        StackSpec.withCachesInFront(profile, DO_NOTHING.subList(0, 1)),
        StackSpec.of("bare"),
        StackSpec.of("pow2"),
        new StackSpec(profile, List.of("ring-cache", "tls-sll")),
        new StackSpec(profile, List.of("tls-sll", "ring-cache")));
  }

  private ComposeReport measure() {
    StackSpec plain = StackSpec.of(request.profile());
    StackSpec withBoxes = StackSpec.withCachesInFront(request.profile(), DO_NOTHING);
    List<StackSpec> crowd = crowd(request.profile());
    Steps steps = new Steps(request.progress(), Match.steps(request.forks(), request.rounds()) - 1);
    try (ScratchFolder scratch = new ScratchFolder()) {
      Path file = scratch.write(program, "heap");
      alone("plain", plain, file);
      alone("again", plain, file);
      alone("boxes", withBoxes, file);
      Match.Host shared = new Match.Host(() -> JavaReplay.stacks(crowd, program, file, 1));
      for (int i = 0; i < crowd.size(); i++) {
        match.add("crowd " + i, shared, i);
        alone("alone " + i, crowd.get(i), file);
      }
      match.playTimes(WORKLOAD, steps);
    }
    steps.end(WORKLOAD);
    List<ComposeReport.Row> rows = new ArrayList<>();
    for (int i = 0; i < crowd.size(); i++) {
      rows.add(row(crowd.get(i).toString(), "crowd " + i, "alone " + i));
    }
    return new ComposeReport(
        Jvm.name(),
        row(plain + " again", "again", "plain"),
        row(withBoxes.toString(), "boxes", "plain"),
        rows);
  }

  private void alone(String name, StackSpec stack, Path file) {
    match.add(name, () -> JavaReplay.stacks(List.of(stack), program, file, 1));
  }

  private ComposeReport.Row row(String name, String first, String second) {
    double[] time = match.samples(first);
    double[] base = match.samples(second);
    int events = program.events().length;
    return new ComposeReport.Row(
        name,
        Samples.median(time) / events,
        Samples.median(base) / events,
        Ratio.ofMedians(time, base));
  }
}
