package hak.bench;

import hak.bench.measure.HitRates;
import hak.bench.measure.MemoryRound;
import hak.bench.measure.PageFaults;
import hak.bench.replay.Crew;
import hak.bench.replay.Floor;
import hak.bench.replay.HakOperations;
import hak.bench.replay.Replayer;
import hak.bench.stats.Samples;
import hak.bench.trace.Program;
import hak.bench.verify.VerificationException;
import hak.bench.verify.Verifier;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.LayerCount;
import hak.core.LayerEvent;
import hak.core.Ledger;
import hak.core.inside.StackView;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Everything that is measured of one workload. */
final class WorkloadRun {
  private static final int STEPS_BESIDES_ROUNDS = 5;

  private final RunRequest request;
  private final Workload workload;
  private final Steps steps;
  private Ledger ledger;
  private Ledger ledgerAtEnd;
  private Long pageFaults;
  private double syscallsPerEvent;
  private List<ClassCount> classes;
  private List<LayerEvent> lastEvents;

  WorkloadRun(RunRequest request, Workload workload, Steps steps) {
    this.request = request;
    this.workload = workload;
    this.steps = steps;
  }

  /** How many steps {@link #measure} has. */
  static int steps(RunRequest request) {
    return STEPS_BESIDES_ROUNDS + (request.verify() ? 1 : 0) + request.rounds();
  }

  /** The ledger of the timed stack, all blocks freed. */
  Ledger ledger() {
    return ledger;
  }

  RunReport.Run measure() {
    begin("read");
    Program program = workload.program();
    try (Crew crew = new Crew(request.threads())) {
      String failure = null;
      if (request.verify()) {
        begin("verify");
        failure = verify(program, crew);
      }
      RunReport.Nanos nanos;
      try (Floor floor = new Floor(program, crew)) {
        nanos = time(program, crew, floor.replayer());
        begin("page faults");
        countFaultsAndCalls(program, crew, floor.replayer());
      }
      begin("memory");
      RunReport.Rss rss = memory(program, crew);
      begin("hit rates");
      List<LayerCount> boxes =
          HitRates.measure(
              request.profile(),
              program,
              crew,
              stack -> {
                classes = ClassCounts.of(stack);
                lastEvents = stack.recentEvents();
              });
      return new RunReport.Run(
          workload.name(),
          request.threads(),
          request.rounds(),
          program.events().length,
          request.verify() ? failure == null : null,
          failure,
          nanos,
          rss,
          pageFaults,
          syscallsPerEvent,
          boxes,
          ledgerAtEnd,
          classes,
          lastEvents);
    }
  }

  private void begin(String phase) {
    steps.begin(workload.name(), phase);
  }

  /** What failed, or null. */
  private String verify(Program program, Crew crew) {
    try (HakAllocator stack = Hak.open(request.profile())) {
      Verifier verifier = new Verifier(program, new HakOperations(stack), crew.size());
      verifier.replay(crew);
      request.inspector().accept(stack);
      verifier.freeLeftover(crew);
      request.inspector().accept(stack);
      return null;
    } catch (VerificationException e) {
      return e.getMessage();
    } catch (RuntimeException | AssertionError e) {
      return e.toString();
    }
  }

  private RunReport.Nanos time(Program program, Crew crew, Replayer floor) {
    try (HakAllocator stack = Hak.open(request.profile())) {
      Replayer replayer = Replayer.on(new HakOperations(stack), program, crew);
      begin("warm-up");
      floor.warmUp();
      replayer.warmUp();
      double[] nanos = new double[request.rounds()];
      double[] floorNanos = new double[request.rounds()];
      for (int i = 0; i < request.rounds(); i++) {
        begin("timed");
        floorNanos[i] = perEvent(floor.round(), program);
        nanos[i] = perEvent(replayer.round(), program);
      }
      ledger = stack.stats();
      return new RunReport.Nanos(
          Samples.least(nanos), Samples.median(nanos), Samples.median(floorNanos));
    }
  }

  private static double perEvent(long nanos, Program program) {
    return (double) nanos / Math.max(1, program.events().length);
  }

  private void countFaultsAndCalls(Program program, Crew crew, Replayer floor) {
    try (HakAllocator stack = Hak.open(request.profile())) {
      Replayer replayer = Replayer.on(new HakOperations(stack), program, crew);
      long callsBefore = StackView.of(stack).systemCalls();
      Long faults = faults(crew, replayer);
      ledgerAtEnd = stack.stats();
      replayer.freeLeftover();
      long calls = StackView.of(stack).systemCalls() - callsBefore;
      long events = Math.max(1L, (long) program.events().length * crew.size());
      syscallsPerEvent = (double) calls / events;
      Long floorFaults = faults(crew, floor);
      floor.freeLeftover();
      if (faults != null && floorFaults != null) {
        pageFaults = Math.max(0, faults - floorFaults);
      }
    }
  }

  /** Page faults of the threads of a crew in one replay; null where the kernel does not tell. */
  private static Long faults(Crew crew, Replayer replayer) {
    AtomicLong before = new AtomicLong();
    AtomicLong after = new AtomicLong();
    if (PageFaults.ofCurrentThread().isEmpty()) {
      return null;
    }
    crew.run(_ -> before.addAndGet(PageFaults.ofCurrentThread().orElse(0)));
    replayer.replay(Replayer.UNWATCHED);
    crew.run(_ -> after.addAndGet(PageFaults.ofCurrentThread().orElse(0)));
    return after.get() - before.get();
  }

  private RunReport.Rss memory(Program program, Crew crew) {
    try (HakAllocator stack = Hak.open(request.profile())) {
      MemoryRound round = MemoryRound.measure(stack, program, crew);
      return new RunReport.Rss(round.baselineBytes(), round.peakBytes(), round.finalBytes());
    } catch (IOException e) {
      return null;
    }
  }
}
