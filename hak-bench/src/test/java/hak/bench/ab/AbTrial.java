package hak.bench.ab;

import hak.bench.Progress;
import hak.bench.Workload;
import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whether an A/B finds what is there, on this machine: one and the same comparison over and over,
 * and which verdicts it came to. A program and no test, as it takes an hour or more. Of two equal
 * stacks 19 of 20 should be NEUTRAL; of one slowed by 3 % 18 of 20 NO-GO.
 *
 * <pre>
 *   AbTrial REPETITIONS FORKS ROUNDS STEPS[,STEPS...] WORKLOAD...
 *   AbTrial 20 10 60 0,2 random-mixed  the profile 'default' against itself, and against one
 *                                      with a cache in front that takes two steps of time
 * </pre>
 */
final class AbTrial {
  private AbTrial() {}

  /** Prints a line for each comparison and the verdicts at the end. */
  public static void main(String[] arguments) {
    int repetitions = Integer.parseInt(arguments[0]);
    List<Long> steps = Stream.of(arguments[3].split(",")).map(Long::valueOf).toList();
    AbRequest request =
        new AbRequest(
            Hak.profile("default"),
            steps.stream().map(AbTrial::slowed).toList(),
            Stream.of(arguments).skip(4).map(Workload::synthetic).toList(),
            new AbRequest.Plan(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])),
            new Rule(0.01),
            AbLog.NONE,
            Progress.NONE,
            () -> false);
    Map<Long, Map<Verdict, Integer>> verdicts = new TreeMap<>();
    for (int i = 0; i < repetitions; i++) {
      AbReport report = Ab.run(request);
      for (int stack = 0; stack < steps.size(); stack++) {
        AbReport.Measure time = report.comparisons().get(stack).time();
        verdicts
            .computeIfAbsent(steps.get(stack), _ -> new EnumMap<>(Verdict.class))
            .merge(time.verdict(), 1, Integer::sum);
        print(steps.get(stack), time, report.noise().time());
      }
    }
    System.out.println("verdicts by steps: " + verdicts);
  }

  private static Profile slowed(long steps) {
    Profile profile = Hak.profile("default");
    return steps == 0
        ? profile
        : profile
            .withMore(Section.CACHES, 0, "drag")
            .withSetting("drag", "steps", steps)
            .withName("slowed");
  }

  private static void print(long steps, AbReport.Measure time, AbReport.Spread noise) {
    PrintStream out = System.out;
    out.printf(
        "%d: %s p %.4f %s; noise %s%n",
        steps, time.ratio(), time.p(), time.verdict(), noise.ratio());
  }
}
