package hak.bench.latency;

import hak.bench.Steps;
import hak.bench.Workload;
import hak.bench.replay.Crew;
import hak.bench.replay.FloorOperations;
import hak.bench.replay.HakOperations;
import hak.bench.trace.ParallelProgram;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import hak.core.memory.SizeClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** One workload of a request. */
final class LatencyRun {
  private static final int STEPS_BESIDES_ROUNDS = 3;
  private static final int WORST_CALLS = 10;

  /** Distance of places that are never written. */
  private static final long ANY_STRIDE = 16;

  private final LatencyRequest request;
  private final Workload workload;
  private final Steps steps;

  LatencyRun(LatencyRequest request, Workload workload, Steps steps) {
    this.request = request;
    this.workload = workload;
    this.steps = steps;
  }

  /** How many steps {@link #measure} has. */
  static int steps(LatencyRequest request) {
    return STEPS_BESIDES_ROUNDS + request.rounds();
  }

  LatencyReport.Run measure() {
    begin("read");
    ParallelProgram program = workload.program();
    try (Crew crew = new Crew(program.threads());
        HakAllocator stack = Hak.open(request.profile())) {
      SizeClasses classes = StackView.of(stack).sizeClasses();
      CallKinds kinds = CallKinds.of(program, crew, classes);
      TimedReplay nothing =
          new TimedReplay(program, new FloorOperations(ANY_STRIDE), crew, kinds, false, false);
      TimedReplay heap =
          new TimedReplay(program, new HakOperations(stack), crew, kinds, program.touches(), true);
      begin("warm-up");
      nothing.warmUp();
      heap.warmUp();
      for (int round = 0; round < request.rounds(); round++) {
        begin("timed");
        nothing.round();
        beginRound(stack);
        heap.round();
      }
      begin("causes");
      beginRound(stack);
      List<SlowestCalls.Call> slowest = heap.slowest(WORST_CALLS);
      List<Surroundings> around = heap.lookAt(slowest, () -> new Surroundings(stack));
      return report(program, kinds, nothing, heap, slowest, around);
    }
  }

  private void begin(String phase) {
    steps.begin(workload.name(), phase);
  }

  private void beginRound(HakAllocator stack) {
    if (request.trims()) {
      stack.trim();
    }
  }

  private LatencyReport.Run report(
      ParallelProgram program,
      CallKinds kinds,
      TimedReplay nothing,
      TimedReplay heap,
      List<SlowestCalls.Call> slowest,
      List<Surroundings> around) {
    Histogram all = CallTimes.histogram();
    Stream.of(nothing.histograms())
        .forEach(each -> {
          if (each != null) {
            all.add(each);
          }
        });
    long clock = all.getValueAtPercentile(50);
    TimesTable table = new TimesTable(kinds, heap.histograms(), clock);
    List<LatencyReport.SlowCall> worst = new ArrayList<>();
    for (int i = 0; i < slowest.size(); i++) {
      worst.add(slowCall(slowest.get(i), kinds, clock, around.get(i)));
    }
    return new LatencyReport.Run(
        workload.name(),
        program.threads(),
        request.rounds(),
        clock,
        TimesTable.times("any", Long.MAX_VALUE, all, clock),
        table.bands(),
        table.classes(),
        worst);
  }

  private static LatencyReport.SlowCall slowCall(
      SlowestCalls.Call call, CallKinds kinds, long clock, Surroundings around) {
    int kind = kinds.ofThread(call.thread())[call.event()];
    long mostBytes = kinds.mostBytes(kind);
    return new LatencyReport.SlowCall(
        CallKinds.operation(kind),
        mostBytes,
        call.thread(),
        call.event(),
        Math.max(0, call.nanos() - clock),
        around.cause(mostBytes, CallKinds.isFree(kind), kinds.hasClass(kind)));
  }
}
