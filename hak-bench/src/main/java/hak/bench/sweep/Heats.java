package hak.bench.sweep;

import hak.bench.Machine;
import hak.bench.Ratio;
import hak.bench.Workload;
import hak.bench.ab.Ab;
import hak.bench.ab.AbReport;
import hak.bench.ab.AbRequest;
import hak.bench.peer.JavaReplay;
import hak.bench.peer.StoredProgram;
import hak.bench.stats.Samples;
import hak.bench.sweep.Halving.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Plays rungs. Those who play on a program are dealt out to heats, as few as memory allows; a heat
 * is an A/B for times alone, so each has the base in it, twice, and what the machine does meanwhile
 * falls on both.
 */
final class Heats implements Search.Game {
  private final SweepRequest request;
  private final Advance advance;
  private final List<Result> results = new ArrayList<>();

  /**
   * What a candidate did in a rung.
   *
   * @param arm its place among the arms
   */
  private record Result(int rung, int program, int candidate, AbReport.Samples samples, int arm) {
    double[] times() {
      return samples.byBase(arm);
    }

    double[] base() {
      return samples.byBase(0);
    }

    double cost() {
      return Samples.median(times());
    }
  }

  Heats(SweepRequest request, Advance advance) {
    this.request = request;
    this.advance = advance;
  }

  /** Half of the machine's memory is for the processes of a heat. */
  private int abreast(Workload workload) {
    StoredProgram program = StoredProgram.of(workload.program(), null);
    long held = Machine.here().memoryBytes() / 2 / JavaReplay.processBytes(program);
    return Math.clamp(held - 2, 1, request.plan().abreast());
  }

  @Override
  public Optional<Search.Costs> play(Rung rung, List<List<Integer>> players) {
    for (int program = 0; program < players.size(); program++) {
      Workload workload = request.workloads().get(program);
      for (List<Integer> heat : dealt(players.get(program), abreast(workload))) {
        if (!play(rung, program, heat)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        (program, candidate) -> result(rung.number(), program, candidate).orElseThrow().cost());
  }

  /** Heats of about the same size. */
  static List<List<Integer>> dealt(List<Integer> players, int most) {
    int heats = Math.ceilDiv(players.size(), most);
    return IntStream.range(0, heats)
        .mapToObj(heat ->
            IntStream.range(0, players.size())
                .filter(i -> i % heats == heat)
                .mapToObj(players::get)
                .toList())
        .toList();
  }

  /** Whether it was played to its end. */
  private boolean play(Rung rung, int program, List<Integer> heat) {
    AbRequest.Plan plan = new AbRequest.Plan(rung.forks(), request.plan().rungRounds());
    AbReport report =
        Ab.runTimes(
            new AbRequest(
                request.base(),
                heat.stream().map(request.candidates()::get).toList(),
                List.of(request.workloads().get(program)),
                plan,
                request.rule(),
                request.log().part(partOf(heat)),
                advance.begin("rung " + rung.number(), heat.size() + 2),
                request.stop()));
    advance.end();
    if (report.hasResult()) {
      AbReport.Samples samples = report.samples().getFirst();
      for (int i = 0; i < heat.size(); i++) {
        int arm = Oracle.FIRST_CHANGED + i;
        results.add(new Result(rung.number(), program, heat.get(i), samples, arm));
      }
    }
    return report.complete();
  }

  /** Names who plays, so that nobody gets the forks of another. */
  private static String partOf(List<Integer> heat) {
    return heat.stream().map(String::valueOf).collect(Collectors.joining(" ", "candidates ", ""));
  }

  private Optional<Result> result(int rung, int program, int candidate) {
    return results.stream()
        .filter(result ->
            result.rung() == rung && result.program() == program && result.candidate() == candidate)
        .findFirst();
  }

  /**
   * The cost of a candidate by that of the base, over some programs.
   *
   * @return null unless it has played on all of them in this rung
   */
  Ratio ratio(int rung, List<Integer> programs, int candidate) {
    List<Result> found =
        programs.stream().flatMap(program -> result(rung, program, candidate).stream()).toList();
    return found.size() < programs.size()
        ? null
        : Ratio.ofMedians(
            found.stream().map(Result::times).toList(), found.stream().map(Result::base).toList());
  }
}
