package hak.bench.live;

import com.sun.management.OperatingSystemMXBean;
import hak.bench.Ratio;
import hak.bench.replay.Crew;
import hak.bench.replay.HakOperations;
import hak.bench.replay.Replayer;
import hak.bench.stats.Samples;
import hak.bench.stats.TurnOrder;
import hak.bench.trace.ParallelProgram;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.Policy;
import hak.core.spi.Section;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * The same program on two stacks of one JVM in turns, with learners and without. Each gives back
 * what it can at the end of a turn, so that it holds little, and has no windows, in the turn of the
 * other.
 */
public final class CostTurns {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String HOUSEKEEPER = "hak-housekeeper";
  private static final double NANOS_PER_SECOND = 1e9;

  private final CostRequest request;
  private final Side with;
  private final Side without;

  private CostTurns(CostRequest request, Side with, Side without) {
    this.request = request;
    this.with = with;
    this.without = without;
  }

  /** A stack, and what its turns took. */
  private static final class Side {
    final HakAllocator stack;
    final Replayer replayer;
    final long callsPerRound;
    final List<Double> seconds = new ArrayList<>();
    final List<Double> nanosPerCall = new ArrayList<>();
    final List<Double> housekeeperShares = new ArrayList<>();

    Side(HakAllocator stack, ParallelProgram program, Crew crew) {
      this.stack = stack;
      replayer = Replayer.on(new HakOperations(stack), program, crew);
      callsPerRound = program.calls();
    }

    void warmUp() {
      replayer.warmUp();
      stack.trim();
    }

    void turn(long nanos) {
      long housekeeper = housekeeperNanos();
      long process = PROCESS.getProcessCpuTime();
      long begin = System.nanoTime();
      long rounds = 0;
      do {
        replayer.round();
        rounds++;
      } while (System.nanoTime() - begin < nanos);
      double took = System.nanoTime() - begin;
      seconds.add(took / NANOS_PER_SECOND);
      nanosPerCall.add((double) (PROCESS.getProcessCpuTime() - process) / (rounds * callsPerRound));
      housekeeperShares.add((housekeeperNanos() - housekeeper) / took);
      stack.trim();
    }

    long windows() {
      return stack.policy().learners().stream().mapToLong(Policy.Learner::windows).sum();
    }

    long windowNanos() {
      return stack.policy().learners().stream().mapToLong(Policy.Learner::windowNanos).sum();
    }
  }

  /**
   * Measures.
   *
   * @return null if it was stopped before the first two turns were over
   * @throws IllegalArgumentException if the profile names no learner
   */
  public static LearnerCost measure(CostRequest request) {
    if (request.profile().boxes(Section.LEARNERS).isEmpty()) {
      throw new IllegalArgumentException(
          "profile '" + request.profile().name() + "' names no learner");
    }
    ParallelProgram program = request.workload().program();
    try (Crew crew = new Crew(program.threads());
        HakAllocator with = Hak.open(request.profile());
        HakAllocator without = Hak.open(request.profile().with(Section.LEARNERS, List.of()))) {
      return new CostTurns(request, new Side(with, program, crew), new Side(without, program, crew))
          .measure();
    }
  }

  private LearnerCost measure() {
    with.warmUp();
    without.warmUp();
    long windows = with.windows();
    long windowNanos = with.windowNanos();
    int turns = 0;
    while (turns < request.turns() && !request.stop().getAsBoolean()) {
      request
          .progress()
          .advanced(request.workload().name(), "what learners cost", turns, request.turns());
      TurnOrder.of(List.of(with, without), turns++)
          .forEach(side -> side.turn(request.length().toNanos()));
    }
    if (turns == 0) {
      return null;
    }
    double seconds = with.seconds.stream().mapToDouble(Double::doubleValue).sum();
    return new LearnerCost(
        turns,
        Samples.median(values(with.seconds)),
        with.windows() - windows,
        (with.windowNanos() - windowNanos) / NANOS_PER_SECOND / seconds,
        Samples.median(values(with.housekeeperShares)),
        Samples.median(values(without.housekeeperShares)),
        Ratio.ofMedians(values(with.nanosPerCall), values(without.nanosPerCall)));
  }

  private static double[] values(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Processor time of the housekeeper's thread so far; 0 before it is there. */
  private static long housekeeperNanos() {
    OptionalLong id =
        Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
            .filter(thread -> thread != null && thread.getThreadName().equals(HOUSEKEEPER))
            .mapToLong(thread -> thread.getThreadId())
            .findFirst();
    return id.isPresent() ? Math.max(0, THREADS.getThreadCpuTime(id.getAsLong())) : 0;
  }
}
