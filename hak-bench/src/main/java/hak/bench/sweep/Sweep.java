package hak.bench.sweep;

import hak.bench.Jvm;
import hak.bench.Machine;
import hak.bench.Ratio;
import hak.bench.ab.Ab;
import hak.bench.ab.AbReport;
import hak.bench.ab.AbRequest;
import hak.bench.peer.Match;
import hak.bench.sweep.Halving.Rung;
import hak.bench.sweep.SweepReport.Best;
import hak.bench.sweep.SweepReport.Regret;
import hak.bench.sweep.SweepReport.Row;
import hak.bench.sweep.SweepReport.Standings;
import hak.core.profile.Profile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Searches candidates for those that take least time, without knowing anything of what they are:
 * {@link Halving} until few are left, and an A/B of these with the base and with the stacks whose
 * regret is asked for. What it finds is as good as the candidates are: the best of them, or one
 * whose difference to it is within the noise.
 */
public final class Sweep {
  private final SweepRequest request;
  private final Halving halving;
  private final Search search;
  private final Advance advance;
  private final Heats heats;

  /** Of the last A/B what each changed stack is called by in {@link Best#number}. */
  private final List<Integer> lastNumbers = new ArrayList<>();

  private Sweep(SweepRequest request) {
    this.request = request;
    this.halving = request.plan().halving(request.candidates().size());
    this.search = new Search(halving, request.workloads().size());
    this.advance = new Advance(request.progress(), mostSteps(0));
    this.heats = new Heats(request, advance);
  }

  /**
   * Runs a request.
   *
   * @throws IllegalArgumentException if a fork of the log is of another program
   * @throws hak.core.profile.ProfileException if a profile cannot be opened
   * @throws hak.bench.trace.TraceException if a trace cannot be read
   * @throws java.io.UncheckedIOException if a process cannot be started or ends early, unless it
   *     was to stop
   */
  public static SweepReport run(SweepRequest request) {
    return new Sweep(request).measure();
  }

  private SweepReport measure() {
    Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Machine machine = Machine.here();
    boolean whole =
        search.run((rung, players) -> {
          advance.expect(mostSteps(rung.number() - 1));
          return heats.play(rung, players);
        });
    AbReport last = whole ? judge() : null;
    return report(begin, machine, last);
  }

  /** The last candidates and the others, as {@code hak ab} has them. */
  private AbReport judge() {
    int candidates = request.candidates().size();
    List<Integer> numbers =
        Stream.concat(
                search.last().stream(),
                IntStream.range(candidates, candidates + request.others().size()).boxed())
            .toList();
    numbers.forEach(number -> lastNumbers.add(number + 1));
    List<Profile> changed = numbers.stream().map(request.changed()::get).toList();
    advance.expect(stepsOfLast(changed.size()));
    AbReport report =
        Ab.run(
            new AbRequest(
                request.base(),
                changed,
                request.workloads(),
                request.plan().last(),
                request.rule(),
                request.log().part("last " + numbers),
                advance.begin("last", changed.size() + 2),
                request.stop()));
    advance.end();
    return report;
  }

  /** What is to do at most once so many rungs are over: steps, weighed by stacks. */
  private long mostSteps(int rungsOver) {
    int programs = request.workloads().size();
    int searches = programs == 1 ? 1 : 2;
    long steps = 0;
    for (Rung rung : halving.rungs().subList(rungsOver, halving.rungs().size())) {
      int players = Math.min(request.candidates().size(), searches * rung.candidates());
      int stacks = players + 2 * Math.ceilDiv(players, request.plan().abreast());
      int ofFork = Match.timesSteps(request.plan().rungRounds());
      steps += (long) programs * stacks * (1 + rung.forks() * ofFork);
    }
    int last = halving.last() * (programs == 1 ? 1 : programs + 1);
    return steps
        + stepsOfLast(Math.min(request.candidates().size(), last) + request.others().size());
  }

  private long stepsOfLast(int changed) {
    AbRequest.Plan plan = request.plan().last();
    int ofProgram = 1 + plan.forks() * Match.steps(plan.rounds());
    return (long) request.workloads().size() * ofProgram * (changed + 2);
  }

  private SweepReport report(Instant begin, Machine machine, AbReport last) {
    List<Best> best = List.of();
    List<Regret> regrets = List.of();
    if (last != null && last.hasResult()) {
      Oracle oracle = new Oracle(last);
      best = oracle.best(lastNumbers);
      regrets = oracle.regrets(toldOf(best.getLast().number()));
    }
    return new SweepReport(
        begin.toString(),
        machine,
        Jvm.name(),
        request.base().name(),
        request.candidates().stream().map(Profile::name).toList(),
        halving.rungs(),
        request.plan().rungRounds(),
        standings(),
        last,
        best,
        regrets);
  }

  /** Whose regret is told besides the base's: of several programs the best, and the others. */
  private List<Integer> toldOf(int bestNumber) {
    int told = request.workloads().size() > 1 ? bestNumber : 0;
    return IntStream.range(0, lastNumbers.size())
        .filter(place ->
            lastNumbers.get(place) == told || lastNumbers.get(place) > request.candidates().size())
        .boxed()
        .toList();
  }

  private List<Standings> standings() {
    List<Standings> all = new ArrayList<>();
    int programs = request.workloads().size();
    List<Bracket> brackets = search.brackets();
    for (int i = 0; i < brackets.size(); i++) {
      boolean overall = i == programs;
      List<Integer> on = overall ? IntStream.range(0, programs).boxed().toList() : List.of(i);
      String name = overall ? SweepReport.OVERALL : request.workloads().get(i).name();
      all.add(new Standings(name, rows(brackets.get(i), on)));
    }
    return all;
  }

  private List<Row> rows(Bracket bracket, List<Integer> programs) {
    return IntStream.range(0, request.candidates().size())
        .mapToObj(candidate -> row(bracket, programs, candidate))
        .filter(row -> !row.ratios().isEmpty())
        .sorted(
            Comparator.comparingInt(Sweep::reached)
                .reversed()
                .thenComparingDouble(row -> row.ratios().getLast().value()))
        .toList();
  }

  private static int reached(Row row) {
    return row.dropped() == null ? Integer.MAX_VALUE : row.dropped();
  }

  private Row row(Bracket bracket, List<Integer> programs, int candidate) {
    int dropped = bracket.droppedIn(candidate);
    int lastRung = dropped == 0 ? halving.rungs().size() : dropped;
    List<Ratio> ratios =
        IntStream.rangeClosed(1, lastRung)
            .mapToObj(rung -> heats.ratio(rung, programs, candidate))
            .filter(Objects::nonNull)
            .toList();
    return new Row(
        request.candidates().get(candidate).name(), ratios, dropped == 0 ? null : dropped);
  }
}
