package hak.bench;

import hak.bench.measure.HitRates;
import hak.bench.measure.MemoryRound;
import hak.bench.measure.PageFaults;
import hak.bench.replay.CallSum;
import hak.bench.replay.Crew;
import hak.bench.replay.Floor;
import hak.bench.replay.HakOperations;
import hak.bench.replay.Replayer;
import hak.bench.replay.SteadyRounds;
import hak.bench.stats.Samples;
import hak.bench.trace.ParallelProgram;
import hak.bench.verify.VerificationException;
import hak.bench.verify.Verifier;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.LayerCount;
import hak.core.LayerEvent;
import hak.core.Ledger;
import hak.core.ShadowCount;
import hak.core.inside.StackView;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Everything that is measured of one workload. */
final class WorkloadRun {
  private static final int STEPS_NOT_TIMED = 5;

  private final RunRequest request;
  private final Workload workload;
  private final Steps steps;
  private Ledger ledger;
  private Ledger ledgerAtEnd;
  private Long pageFaults;
  private double syscallsPerEvent;
  private List<ClassCount> classes;
  private List<LayerEvent> lastEvents;
  private List<ShadowCount> shadows;

  WorkloadRun(RunRequest request, Workload workload, Steps steps) {
    this.request = request;
    this.workload = workload;
    this.steps = steps;
  }

  /** How many steps {@link #measure} has. */
  static int steps(RunRequest request) {
    int timed = request.rounds() == 0 ? 0 : 1 + request.rounds();
    return STEPS_NOT_TIMED + (request.verify() ? 1 : 0) + timed;
  }

  /** The ledger of the timed stack, or of one that was used, all blocks freed. */
  Ledger ledger() {
    return ledger;
  }

  RunReport.Run measure() {
    begin("read");
    ParallelProgram program = workload.program();
    try (Crew crew = new Crew(program.threads())) {
      String failure = null;
      if (request.verify()) {
        begin("verify");
        failure = verify(program, crew);
      }
      RunReport.Nanos nanos;
      try (Floor floor = new Floor(program, crew)) {
        nanos = request.rounds() == 0 ? null : time(program, crew, floor.replayer());
        begin("page faults");
        countFaultsAndCalls(program, crew, floor.replayer());
      }
      begin("memory");
      RunReport.Rss rss = memory(program, crew);
      begin("checksum");
      long callSum = CallSum.of(program, crew);
      begin("hit rates");
      List<LayerCount> boxes =
          HitRates.measure(
              request.profile(),
              program,
              crew,
              stack -> {
                classes = ClassCounts.of(stack);
                lastEvents = stack.recentEvents();
                shadows = stack.shadows();
              });
      return new RunReport.Run(
          workload.name(),
          program.threads(),
          request.rounds(),
          Math.round(program.callsPerThread()),
          request.verify() ? failure == null : null,
          failure,
          nanos,
          rss,
          pageFaults,
          syscallsPerEvent,
          boxes,
          ledgerAtEnd,
          classes,
          lastEvents,
          shadows,
          CallSum.text(callSum),
          program.remoteShare());
    }
  }

  private void begin(String phase) {
    steps.begin(workload.name(), phase);
  }

  /** What failed, or null. */
  private String verify(ParallelProgram program, Crew crew) {
    try (HakAllocator stack = Hak.open(request.profile())) {
      Verifier verifier = new Verifier(program, new HakOperations(stack), crew);
      verifier.replay();
      request.inspector().accept(stack);
      verifier.freeLeftover();
      request.inspector().accept(stack);
      return null;
    } catch (VerificationException e) {
      return e.getMessage();
    } catch (RuntimeException | AssertionError e) {
      return e.toString();
    }
  }

  private RunReport.Nanos time(ParallelProgram program, Crew crew, Replayer floor) {
    try (HakAllocator stack = Hak.open(request.profile())) {
      Replayer replayer = Replayer.on(new HakOperations(stack), program, crew);
      begin("warm-up");
      floor.warmUp();
      replayer.warmUp();
      double callsPerThread = program.callsPerThread();
      double[] nanos = new double[request.rounds()];
      double[] floorNanos = new double[request.rounds()];
      SteadyRounds.Outcome outcome =
          SteadyRounds.play(
              request.rounds(),
              List.of(floorNanos),
              (round, again) -> {
                if (!again) {
                  begin("timed");
                }
                floorNanos[round] = floor.round() / callsPerThread;
                nanos[round] = replayer.round() / callsPerThread;
              });
      ledger = stack.stats();
      return new RunReport.Nanos(
          Samples.least(nanos),
          Samples.median(nanos),
          Samples.median(floorNanos),
          Samples.listOf(nanos),
          Samples.listOf(floorNanos),
          outcome.repeated(),
          outcome.moved());
    }
  }

  private void countFaultsAndCalls(ParallelProgram program, Crew crew, Replayer floor) {
    try (HakAllocator stack = Hak.open(request.profile())) {
      Replayer replayer = Replayer.on(new HakOperations(stack), program, crew);
      long callsBefore = StackView.of(stack).systemCalls();
      Long faults = faults(program, crew, replayer);
      ledgerAtEnd = stack.stats();
      replayer.freeLeftover();
      if (ledger == null) {
        ledger = stack.stats();
      }
      long calls = StackView.of(stack).systemCalls() - callsBefore;
      syscallsPerEvent = (double) calls / Math.max(1, program.calls());
      Long floorFaults = faults(program, crew, floor);
      if (faults != null && floorFaults != null) {
        pageFaults = Math.max(0, faults - floorFaults);
      }
    }
  }

  /**
   * Replays once; the page faults of the threads of a crew in it, null where the kernel does not
   * tell or threads have ended before they could be asked.
   */
  private static Long faults(ParallelProgram program, Crew crew, Replayer replayer) {
    boolean known = program.keepsItsThreads() && PageFaults.ofCurrentThread().isPresent();
    long before = known ? faults(crew) : 0;
    replayer.replay(Replayer.UNWATCHED);
    return known ? faults(crew) - before : null;
  }

  private static long faults(Crew crew) {
    AtomicLong faults = new AtomicLong();
    crew.run(_ -> faults.addAndGet(PageFaults.ofCurrentThread().orElse(0)));
    return faults.get();
  }

  private RunReport.Rss memory(ParallelProgram program, Crew crew) {
    try (HakAllocator stack = Hak.open(request.profile())) {
      MemoryRound round = MemoryRound.measure(stack, program, crew);
      return new RunReport.Rss(
          round.baselineBytes(), round.peakBytes(), round.finalBytes(), round.overTime());
    } catch (IOException e) {
      return null;
    }
  }
}
