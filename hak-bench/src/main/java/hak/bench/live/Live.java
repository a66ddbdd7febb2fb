package hak.bench.live;

import hak.bench.replay.Crew;
import hak.bench.replay.HakOperations;
import hak.bench.replay.QuietLog;
import hak.bench.replay.Replayer;
import hak.bench.trace.ParallelProgram;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.Policy;
import hak.core.spi.Section;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Replays a program on a stack with learners for a time, in this process, and looks at what they
 * do.
 *
 * <pre>
 *   a look      twice in the shortest window of a learner: what was decided since the one before
 *     a sample    once in it or in a second, 2,000 times in a run at most: values in force, memory, speed
 * </pre>
 *
 * <p>The stack is asked by what every user of it can ask: a learner is not slower for it. What
 * decisions were replaced between two looks is known by the generation and told as a number.
 */
public final class Live {
  private static final long MOST_SAMPLES = 2_000;
  private static final long SHORTEST_LOOK_MILLIS = 10;
  private static final long LONGEST_LOOK_MILLIS = 250;
  private static final long LONGEST_SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final double NANOS_PER_SECOND = 1e9;

  private final LiveRequest request;
  private final HakAllocator stack;
  private final Rounds rounds;
  private final LiveLog log;
  private final long begin = System.nanoTime();
  private long nextSample = begin;

  private Live(LiveRequest request, HakAllocator stack, Rounds rounds) {
    this.request = request;
    this.stack = stack;
    this.rounds = rounds;
    log = new LiveLog(stack.policy());
  }

  /**
   * What was seen.
   *
   * @param policy what held at the end: its profile, without learners, is what was learned
   */
  public record Watched(LiveReport report, Policy policy) {}

  /**
   * Runs a request.
   *
   * @throws IllegalArgumentException if the profile names no learner
   */
  public static Watched run(LiveRequest request) {
    if (request.profile().boxes(Section.LEARNERS).isEmpty()) {
      throw new IllegalArgumentException(
          "profile '" + request.profile().name() + "' names no learner");
    }
    ParallelProgram program = request.workload().program();
    try (Crew crew = new Crew(program.threads())) {
      HakAllocator stack = Hak.open(request.profile());
      try {
        Replayer replayer = Replayer.on(new HakOperations(stack), program, crew);
        return new Live(request, stack, new Rounds(replayer, program)).watch();
      } finally {
        closeWithBlocks(stack);
      }
    }
  }

  /** The last round was broken off, so blocks of it are left. */
  private static void closeWithBlocks(HakAllocator stack) {
    QuietLog log = QuietLog.begin();
    try {
      stack.close();
    } finally {
      log.end();
    }
  }

  private Watched watch() {
    List<Policy.Learner> learners = log.policy().learners();
    long windowMillis =
        learners.stream().mapToLong(Policy.Learner::windowMillis).min().orElseThrow();
    long lookNanos =
        TimeUnit.MILLISECONDS.toNanos(
            Math.clamp(windowMillis / 2, SHORTEST_LOOK_MILLIS, LONGEST_LOOK_MILLIS));
    long length = request.length().toNanos();
    long sampleNanos =
        Math.max(
            Math.min(TimeUnit.MILLISECONDS.toNanos(windowMillis), LONGEST_SAMPLE_NANOS),
            length / MOST_SAMPLES);
    rounds.start();
    try {
      long end = begin + length;
      while (System.nanoTime() - end < 0 && !rounds.isOver() && !request.stop().getAsBoolean()) {
        look(sampleNanos);
        LockSupport.parkNanos(Math.max(1, Math.min(lookNanos, end - System.nanoTime())));
      }
      look(0);
    } finally {
      rounds.stop();
    }
    rounds.end();
    return new Watched(report(), log.policy());
  }

  private double seconds() {
    return (System.nanoTime() - begin) / NANOS_PER_SECOND;
  }

  private void look(long sampleNanos) {
    Policy policy = stack.policy();
    double seconds = seconds();
    List<LiveStep> news = log.decisions(seconds, policy);
    if (sampleNanos == 0 || System.nanoTime() - nextSample >= 0) {
      log.sample(seconds, stack.stats(), rounds.calls());
      nextSample = System.nanoTime() + sampleNanos;
      request.watcher().looked(log.samples(), policy, news);
    } else if (!news.isEmpty()) {
      request.watcher().looked(log.samples(), policy, news);
    }
  }

  private LiveReport report() {
    double seconds = log.samples().getLast().seconds();
    Policy policy = log.policy();
    return new LiveReport(
        request.profile().name(),
        request.workload().name(),
        request.workload().threads(),
        seconds >= request.length().toNanos() / NANOS_PER_SECOND,
        seconds,
        policy.generation(),
        log.unseen(),
        LiveReport.turned(policy),
        policy.advice(),
        policy.learners(),
        log.steps(),
        LiveNotes.of(policy, seconds, log.mostResidentBytes()),
        log.samples());
  }
}
