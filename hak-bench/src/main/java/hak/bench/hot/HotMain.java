package hak.bench.hot;

import hak.bench.Jvm;
import hak.bench.hot.StackSamples.Frame;
import hak.bench.measure.HitRates;
import hak.bench.process.JsonLine;
import hak.bench.process.Parent;
import hak.bench.replay.Crew;
import hak.bench.replay.HakOperations;
import hak.bench.replay.Replayer;
import hak.bench.stats.Samples;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.ProgramFile;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.inside.StackView;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The process in which a stack is sampled; it prints a line for each phase that begins, then the
 * report. After the warm-up: rounds under samples, one round whose slow paths are counted, and a
 * replay on a fresh stack with an observer that counts what its layers do.
 */
final class HotMain {
  /** What begins, in order. */
  static final List<String> PHASES = List.of("warm-up", "samples", "slow paths", "hit rates");

  private static final String THREADS = "replay-";

  private HotMain() {}

  /** Samples what the argument orders; ends early when its parent does. */
  public static void main(String[] arguments) throws IOException {
    Parent.whenDone(() -> Runtime.getRuntime().halt(1));
    HotOrder order = JsonLine.parse(arguments[0], HotOrder.class);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ParallelProgram program = ProgramFile.read(Path.of(order.program()));
    try (Crew crew = new Crew(program.threads());
        HakAllocator stack = Hak.open(order.profile())) {
      out.println(JsonLine.of(report(order, program, crew, stack, out)));
    }
    out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static HotReport report(
      HotOrder order, ParallelProgram program, Crew crew, HakAllocator stack, PrintStream out) {
    StackView view = StackView.of(stack);
    Replayer replayer = Replayer.on(new HakOperations(stack), program, crew);
    out.println(PHASES.get(0));
    replayer.warmUp();
    out.println(PHASES.get(1));
    List<Double> rounds = new ArrayList<>();
    StackSamples samples =
        StackSamples.of(
            () -> replay(replayer, rounds, order.nanos()), name -> name.startsWith(THREADS));
    out.println(PHASES.get(2));
    long callsBefore = view.systemCalls();
    List<HotReport.CauseRate> causes = SlowPaths.count(replayer::round);
    long systemCalls = view.systemCalls() - callsBefore;
    out.println(PHASES.get(3));
    LayerMap layers = new LayerMap(view.boxes());
    return new HotReport(
        order.profile().name(),
        Jvm.name(),
        order.workload(),
        program.threads(),
        Samples.median(rounds.stream().mapToDouble(Double::doubleValue).toArray())
            / program.callsPerThread(),
        samples.stacks().size(),
        samples.lost(),
        byLayer(samples, layers),
        byLine(samples, layers),
        HitRates.measure(order.profile(), program, crew),
        program.calls(),
        causes,
        systemCalls);
  }

  private static void replay(Replayer replayer, List<Double> rounds, long nanos) {
    long begin = System.nanoTime();
    do {
      rounds.add((double) replayer.round());
    } while (System.nanoTime() - begin < nanos);
  }

  private static List<HotReport.LayerShare> byLayer(StackSamples samples, LayerMap layers) {
    Map<String, Long> counts = new HashMap<>();
    samples.stacks().forEach(stack -> counts.merge(layers.layerOf(stack), 1L, Long::sum));
    return counts.entrySet().stream()
        .map(entry -> new HotReport.LayerShare(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(HotReport.LayerShare::samples)
                .reversed()
                .thenComparing(HotReport.LayerShare::layer))
        .toList();
  }

  private static List<HotReport.LineShare> byLine(StackSamples samples, LayerMap layers) {
    record Line(String layer, String place) {}

    Map<Line, Long> counts = new HashMap<>();
    for (List<Frame> stack : samples.stacks()) {
      Line line = new Line(layers.layerOf(stack), LayerMap.placeOf(stack).place());
      counts.merge(line, 1L, Long::sum);
    }
    return counts.entrySet().stream()
        .map(entry ->
            new HotReport.LineShare(
                entry.getKey().layer(), entry.getKey().place(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(HotReport.LineShare::samples)
                .reversed()
                .thenComparing(HotReport.LineShare::place))
        .toList();
  }
}
