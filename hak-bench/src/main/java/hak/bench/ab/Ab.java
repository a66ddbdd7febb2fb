package hak.bench.ab;

import hak.bench.Jvm;
import hak.bench.Machine;
import hak.bench.Steps;
import hak.bench.Workload;
import hak.bench.measure.HitRates;
import hak.bench.peer.Match;
import hak.bench.peer.ScratchFolder;
import hak.bench.peer.StoredProgram;
import hak.bench.replay.CallSum;
import hak.bench.replay.Crew;
import hak.bench.trace.ParallelProgram;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.LayerCount;
import hak.core.StackDescription;
import hak.core.profile.Profile;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Holds stacks against a base. The arms: the base, the base again, and each changed stack.
 * Workloads take turns too: a fork of each, then the next of each, so that all have about as many
 * when it is stopped, and what the machine does meanwhile is spread over all.
 */
public final class Ab {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Somebody wants it to end. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final AbRequest request;
  private final boolean timesAlone;
  private final Steps steps;
  private final List<Stack> stacks;
  private final List<AbMatch> matches = new ArrayList<>();
  private boolean complete;

  /** The base or a changed stack, and what becomes known of it. */
  private record Stack(Profile profile, StackDescription description, List<AbReport.Hits> hits) {
    static Stack of(Profile profile) {
      try (HakAllocator heap = Hak.open(profile)) {
        return new Stack(profile, heap.describe(), new ArrayList<>());
      }
    }

    void count(String workload, ParallelProgram program, Crew crew) {
      List<LayerCount> layers = HitRates.measure(profile, program, crew);
      if (layers != null) {
        hits.add(new AbReport.Hits(workload, layers));
      }
    }

    AbReport.Stack reported() {
      return new AbReport.Stack(profile.name(), description, hits);
    }
  }

  private Ab(AbRequest request, boolean timesAlone) {
    this.request = request;
    this.timesAlone = timesAlone;
    this.steps = new Steps(request.progress(), steps(request, timesAlone));
    this.stacks =
        Stream.concat(Stream.of(request.base()), request.changed().stream())
            .map(Stack::of)
            .toList();
  }

  /** Of each workload one for its hit rates, and those of the forks that are not over yet. */
  private static long steps(AbRequest request, boolean timesAlone) {
    int rounds = request.plan().rounds();
    int ofFork = timesAlone ? Match.timesSteps(rounds) : Match.steps(rounds);
    long steps = 0;
    for (Workload workload : request.workloads()) {
      int over = request.log().forks(workload.name()).size();
      int left = Math.max(0, request.plan().forks() - over);
      steps += 1 + (long) left * ofFork;
    }
    return steps;
  }

  /**
   * Runs a request.
   *
   * @throws IllegalArgumentException if a fork of the log is of another program
   * @throws hak.core.profile.ProfileException if a profile cannot be opened
   * @throws hak.bench.trace.TraceException if a trace cannot be read
   * @throws UncheckedIOException if a process cannot be started or ends early, unless it was to
   *     stop
   */
  public static AbReport run(AbRequest request) {
    return new Ab(request, false).measure();
  }

  /**
   * As {@link #run}, but counts no hits and takes no peaks of memory, which are null or empty in
   * the report: for many stacks of which most are of no further interest.
   */
  public static AbReport runTimes(AbRequest request) {
    return new Ab(request, true).measure();
  }

  private AbReport measure() {
    Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Machine machine = Machine.here();
    try (ScratchFolder scratch = new ScratchFolder()) {
      request.workloads().forEach(workload -> prepare(workload, scratch));
      play();
      complete = true;
      steps.end(request.workloads().getLast().name());
    } catch (StoppedException _) {
      // The report says that it is not complete.
    }
    return report(begin, machine);
  }

  /** Counts the hits of each stack in this JVM, and leaves the program for the others. */
  private void prepare(Workload workload, ScratchFolder scratch) {
    begin(workload.name(), timesAlone ? "program" : "hit rates");
    ParallelProgram program = workload.program();
    List<Match.Fork> over = request.log().forks(workload.name());
    try (Crew crew = new Crew(program.threads())) {
      if (!over.isEmpty() && over.getFirst().callSum() != CallSum.of(program, crew)) {
        throw new IllegalArgumentException(
            workload.name() + " makes other calls now than in the forks that are over");
      }
      if (!timesAlone) {
        stacks.forEach(stack -> stack.count(workload.name(), program, crew));
      }
    }
    List<Profile> arms = new ArrayList<>(stacks.stream().map(Stack::profile).toList());
    arms.add(Sampled.BASE_AGAIN, request.base());
    StoredProgram stored = scratch.write(program, "workload-" + matches.size());
    AbMatch match = new AbMatch(workload.name(), stored, arms, request.plan());
    over.stream().limit(request.plan().forks()).forEach(match::take);
    matches.add(match);
  }

  private void play() {
    for (int fork = 0; fork < request.plan().forks(); fork++) {
      for (AbMatch match : matches) {
        if (match.forks() == fork) {
          play(match);
        }
      }
    }
  }

  private void play(AbMatch match) {
    Match.Fork fork;
    try {
      Consumer<String> step = name -> begin(match.workload(), name);
      fork = timesAlone ? match.playForkTimes(step) : match.playFork(step);
    } catch (UncheckedIOException e) {
      throw stopsSoon() ? new StoppedException() : e;
    }
    request.log().add(match.workload(), fork);
  }

  /** What ends this process may end the others first. */
  private boolean stopsSoon() {
    long begin = System.nanoTime();
    while (!request.stop().getAsBoolean() && System.nanoTime() - begin < PATIENCE_NANOS) {
      LockSupport.parkNanos(PATIENCE_NANOS / 100);
    }
    return request.stop().getAsBoolean();
  }

  private void begin(String workload, String step) {
    if (request.stop().getAsBoolean()) {
      throw new StoppedException();
    }
    steps.begin(workload, step);
  }

  private AbReport report(Instant begin, Machine machine) {
    Judge times = new Judge(request.rule(), matches.stream().map(AbMatch::times).toList());
    Judge memory = new Judge(request.rule(), matches.stream().map(AbMatch::memory).toList());
    List<AbReport.Stack> reported = stacks.stream().map(Stack::reported).toList();
    List<String> arms = new ArrayList<>(reported.stream().map(AbReport.Stack::name).toList());
    arms.add(Sampled.BASE_AGAIN, request.base().name() + " again");
    List<AbReport.Measure> time = times.judge(request.changed().size());
    List<AbReport.Measure> peaks = memory.judge(request.changed().size());
    return new AbReport(
        begin.toString(),
        machine,
        Jvm.name(),
        request.workloads().stream().mapToInt(Workload::threads).max().orElseThrow(),
        request.plan().rounds(),
        request.plan().forks(),
        complete,
        request.rule().threshold(),
        reported.getFirst(),
        reported.subList(1, reported.size()),
        new AbReport.Noise(times.spread(), memory.spread()),
        IntStream.range(0, request.changed().size())
            .mapToObj(i ->
                new AbReport.Comparison(request.changed().get(i).name(), time.get(i), peaks.get(i)))
            .toList(),
        matches.stream().map(match -> match.samples(arms)).toList());
  }
}
