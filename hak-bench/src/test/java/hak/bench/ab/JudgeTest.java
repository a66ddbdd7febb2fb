package hak.bench.ab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Ratio;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The rule, on simulated times. The noise is like that measured with random-mixed on a machine that
 * others used as well: processes differ by a percent, and one in sixteen is 5 to 14 % slower for as
 * long as it lives; turns differ by a quarter, rounds by 5 %, and a round in ten takes up to half
 * as long again.
 */
class JudgeTest {
  private static final int FORKS = 10;
  private static final int ROUNDS = AbRequest.Plan.DEFAULT_ROUNDS;
  private static final double PROCESSES = 0.010;
  private static final double TURNS = 0.25;
  private static final double ROUND = 0.05;
  private static final Rule RULE = new Rule(0.01);
  private static final List<String> WORKLOADS = List.of("random-mixed", "fixed-64", "trace:lua");

  /** Times of the base, the base again and one that takes {@code slower} times as long. */
  private static Sampled simulated(String workload, double slower, Random random) {
    List<List<double[]>> arms = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int fork = 0; fork < FORKS; fork++) {
      double[] turns = random.doubles(ROUNDS).map(u -> Math.exp(TURNS * u)).toArray();
      for (int arm = 0; arm < arms.size(); arm++) {
        arms.get(arm).add(rounds(turns, process(random) * (arm == 2 ? slower : 1), random));
      }
    }
    List<double[]> relative = TurnLevel.relative(arms);
    return Sampled.leveled(workload, relative, relative);
  }

  private static double process(Random random) {
    double unlucky = random.nextInt(16) == 0 ? 0.05 + 0.09 * random.nextDouble() : 0;
    return Math.exp(PROCESSES * random.nextGaussian() + unlucky);
  }

  private static double[] rounds(double[] turns, double process, Random random) {
    double[] times = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      double disturbed = random.nextInt(10) == 0 ? 1 + random.nextDouble() / 2 : 1;
      times[i] = turns[i] * process * disturbed * Math.exp(ROUND * random.nextGaussian());
    }
    return times;
  }

  private static long count(Verdict verdict, double slower, int repetitions) {
    return IntStream.range(0, repetitions)
        .mapToObj(seed -> {
          Random random = new Random(seed);
          return WORKLOADS.stream().map(name -> simulated(name, slower, random)).toList();
        })
        .filter(on -> new Judge(RULE, on).judge(1).getFirst().verdict() == verdict)
        .count();
  }

  @Test
  void equalStacksAreNeutral() {
    assertTrue(count(Verdict.NEUTRAL, 1, 20) >= 19);
  }

  @Test
  void threePerCentMoreAreNoGo() {
    assertTrue(count(Verdict.NO_GO, 1.03, 20) >= 18);
  }

  @Test
  void threePerCentLessAreGo() {
    assertTrue(count(Verdict.GO, 0.97, 20) >= 18);
  }

  @Test
  void noRowOfEqualStacksIsOftenWrong() {
    long wrong =
        IntStream.range(0, 40)
            .mapToObj(seed -> simulated("one", 1, new Random(seed)))
            .map(on -> new Judge(RULE, List.of(on)).judge(1).getFirst().rows().getFirst())
            .filter(row -> row.verdict() != Verdict.NEUTRAL)
            .count();
    assertTrue(wrong <= 2, wrong + " of 40");
  }

  @Test
  void whatATurnHasInCommonCancelsOut() {
    double[] base = {10, 20, 40};
    double[] again = {10, 20, 40};
    double[] slower = {11, 22, 44};
    List<double[]> relative =
        TurnLevel.relative(List.of(List.of(base), List.of(again), List.of(slower)));
    assertEquals(1, relative.getFirst()[0], 1e-12);
    assertEquals(1.1, relative.getLast()[0], 1e-12);
  }

  @Test
  void theIntervalMustClearTheThresholdAndTheTestHold() {
    assertEquals(Verdict.NO_GO, RULE.verdict(new Ratio(1.03, 1.011, 1.05), 0.04));
    assertEquals(Verdict.NEUTRAL, RULE.verdict(new Ratio(1.03, 1.009, 1.05), 0.04));
    assertEquals(Verdict.NEUTRAL, RULE.verdict(new Ratio(1.03, 1.011, 1.05), 0.05));
    assertEquals(Verdict.GO, RULE.verdict(new Ratio(0.9, 0.8, 0.98), 0.01));
    assertEquals(Verdict.NEUTRAL, RULE.verdict(new Ratio(0.99, 0.98, 0.995), 0.01));
  }

  @Test
  void threeForksCannotShowAnything() {
    double[] low = {1, 1.1, 1.2};
    double[] high = {2, 2.1, 2.2};
    List<double[]> arms = List.of(low, low, high);
    AbReport.Measure measure =
        new Judge(RULE, List.of(Sampled.plain("one", arms))).judge(1).getFirst();
    assertEquals(Verdict.NEUTRAL, measure.verdict());
    assertTrue(measure.ratio().low() > 1.5);
    assertEquals(Rule.FEWEST_FORKS, low.length + 1);
    List<Sampled> many = Collections.nCopies(8, Sampled.plain("one", arms));
    assertEquals(Verdict.NEUTRAL, new Judge(RULE, many).judge(1).getFirst().verdict());
  }

  /** The level of a fork in which one process of the base was slow is that of the other. */
  @Test
  void anUnluckyProcessOfTheBaseMakesNobodyFaster() {
    List<double[]> base = new ArrayList<>();
    List<double[]> again = new ArrayList<>();
    for (int fork = 0; fork < FORKS; fork++) {
      base.add(new double[] {fork == 3 ? 112 : 100});
      again.add(new double[] {fork == 7 ? 110 : 101});
    }
    List<double[]> relative = TurnLevel.relative(List.of(base, again, again));
    assertEquals(112 / 101.0, relative.get(Sampled.BASE)[3], 1e-12);
    assertEquals(1, relative.getLast()[3], 1e-12);
    assertEquals(110 / 100.0, relative.getLast()[7], 1e-12);
    assertEquals(Math.sqrt(101 / 100.0), relative.getLast()[0], 1e-12);
  }

  /** Rounds are disturbed upwards only, which must not move the figure of equal stacks. */
  @Test
  void whatDisturbsRoundsMovesNothing() {
    Random random = new Random(5);
    double[] turns = IntStream.range(0, ROUNDS).mapToDouble(_ -> 1).toArray();
    double sum = 0;
    for (int i = 0; i < 400; i++) {
      List<List<double[]>> arms =
          IntStream.range(0, 3).mapToObj(_ -> List.of(rounds(turns, 1, random))).toList();
      sum += Math.log(TurnLevel.relative(arms).getLast()[0]);
    }
    assertEquals(0, sum / 400, 0.001);
  }

  @Test
  void workloadsWithoutAForkAreLeftOutAndOthersCutToTheFewest() {
    Random random = new Random(1);
    Sampled whole = simulated("whole", 1.5, random);
    Sampled shorter = simulated("shorter", 1.5, random).first(5);
    Sampled none = simulated("none", 1, random).first(0);
    AbReport.Measure measure = new Judge(RULE, List.of(whole, shorter, none)).judge(1).getFirst();
    assertEquals(
        List.of("whole", "shorter"), measure.rows().stream().map(AbReport.Row::workload).toList());
    assertEquals(Verdict.NO_GO, measure.verdict());
    assertNull(new Judge(RULE, List.of(none)).judge(1).getFirst());
    assertNull(new Judge(RULE, List.of(none)).spread());
  }
}
