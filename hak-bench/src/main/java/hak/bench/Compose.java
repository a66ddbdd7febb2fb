package hak.bench;

import hak.bench.peer.JavaReplay;
import hak.bench.peer.Match;
import hak.bench.peer.ScratchFolder;
import hak.bench.peer.StoredProgram;
import hak.bench.stats.Samples;
import hak.bench.trace.ParallelProgram;
import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures on random-mixed that composition costs nothing: do-nothing boxes in front, and several
 * stacks in one JVM. Each stack is alone in a JVM of its own, but for the crowd; rounds take turns.
 */
public final class Compose {
  private static final String WORKLOAD = "random-mixed";
  private static final List<String> DO_NOTHING = List.of("noop", "noop#2", "noop#3", "noop#4");

  private final ComposeRequest request;
  private final ParallelProgram program = Workload.synthetic(WORKLOAD).program();
  private final Match match;

  private Compose(ComposeRequest request) {
    this.request = request;
    this.match = new Match(request.rounds(), program.threads());
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
  private static List<Profile> crowd(Profile profile) {
    return List.of(
        profile,
        withCachesInFront(profile, DO_NOTHING.subList(0, 1)),
        Hak.profile("bare"),
        Hak.profile("pow2"),
        withCaches(profile, List.of("ring-cache", "tls-sll")),
        withCaches(profile, List.of("tls-sll", "ring-cache")));
  }

  private static Profile withCachesInFront(Profile profile, List<String> more) {
    List<String> own = profile.boxes(Section.CACHES);
    return withCaches(profile, Stream.concat(more.stream(), own.stream()).toList());
  }

  private static Profile withCaches(Profile profile, List<String> caches) {
    return profile
        .with(Section.CACHES, caches)
        .withName(profile.name() + "|" + String.join(",", caches));
  }

  private ComposeReport measure() {
    Profile plain = request.profile();
    Profile withBoxes = withCachesInFront(plain, DO_NOTHING);
    List<Profile> crowd = crowd(plain);
    long total = (long) request.forks() * Match.timesSteps(request.rounds());
    Steps steps = new Steps(request.progress(), total);
    try (ScratchFolder scratch = new ScratchFolder()) {
      StoredProgram stored = scratch.write(program, "heap");
      alone("plain", plain, stored);
      alone("again", plain, stored);
      alone("boxes", withBoxes, stored);
      Match.Host shared = new Match.Host(() -> JavaReplay.stacks(crowd, stored));
      for (int i = 0; i < crowd.size(); i++) {
        match.add("crowd " + i, shared, i);
        alone("alone " + i, crowd.get(i), stored);
      }
      for (int fork = 0; fork < request.forks(); fork++) {
        match.playForkTimes(step -> steps.begin(WORKLOAD, step));
      }
    }
    steps.end(WORKLOAD);
    List<ComposeReport.Row> rows = new ArrayList<>();
    for (int i = 0; i < crowd.size(); i++) {
      rows.add(row(crowd.get(i).name(), "crowd " + i, "alone " + i));
    }
    return new ComposeReport(
        Jvm.name(),
        row(plain.name() + " again", "again", "plain"),
        row(withBoxes.name(), "boxes", "plain"),
        rows);
  }

  private void alone(String name, Profile stack, StoredProgram stored) {
    match.add(name, () -> JavaReplay.stacks(List.of(stack), stored));
  }

  private ComposeReport.Row row(String name, String first, String second) {
    double[] time = match.samples(first);
    double[] base = match.samples(second);
    double calls = program.callsPerThread();
    return new ComposeReport.Row(
        name,
        Samples.median(time) / calls,
        Samples.median(base) / calls,
        Ratios.raw(List.of(Ratios.Pair.of(time, base, match.turns()))));
  }
}
