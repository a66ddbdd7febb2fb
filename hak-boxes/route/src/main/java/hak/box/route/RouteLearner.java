package hak.box.route;

import static java.util.stream.Collectors.joining;

import hak.core.profile.TierRoute;
import hak.core.spi.LearningWindow;
import hak.learn.LifeCycle;
import hak.learn.LifeCycle.State;
import hak.learn.pattern.BestRange;
import hak.learn.pattern.ClassVerdict;
import hak.learn.pattern.PatternLearner;
import hak.learn.pattern.RouteFigures;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decides which tier to advise for which sizes: one range of neighbouring classes.
 *
 * <pre>
 *   each window   how the blocks of each class come and go   ClassFlows -> PatternLearner
 *   LEARN    the tier and range that gain most by the calls so far are proposed
 *   CANARY   they must gain as much by the calls, and patterns, of windows that they were not
 *            learned from
 *   FROZEN   is advised; a window in which another one would gain a part more is a loss
 *
 *   cost(window) = sum over classes of calls that pass the caches * expected cost of their tier,
 *                  by the same with the tiers that were kept
 * </pre>
 *
 * <p>The stack is not touched, so a trial costs nothing, and only what was kept is advised. Windows
 * in which few calls of those sizes pass the caches are passed over: nothing is to be gained there.
 *
 * <p>For one thread. Time is what windows say.
 */
final class RouteLearner {
  /** What it advises. */
  static final String KEY = "stack.tiers";

  /** Less of the time of the calls that pass the caches is no reason. */
  static final double LEAST_GAIN = 0.05;

  /**
   * So many windows tell how the blocks of a class come and go; with fewer, what is not known of
   * them weighs more than a tier can gain, and how a program begins would count.
   */
  static final int REMEMBERED = 64;

  private static final double BEST = 1;

  /** A window that is longer, in seconds, is passed over: the stack slept. */
  private static final double LONGEST_SECONDS = 240;

  /** How many classes are named as evidence. */
  private static final int MOST_NAMED = 3;

  private static final LifeCycle.Rules RULES =
      new LifeCycle.Rules(3, 24, 8, LEAST_GAIN / 2, 10, 8, 256);

  /** Another tier for a range of the measured classes. */
  private record Choice(int other, int from, int to) {
    private boolean has(int index) {
      return from <= index && index <= to;
    }
  }

  private final TierClasses tiers;
  private final ClassFlows flows;
  private final PatternLearner patterns;
  private final double leastPerSecond;
  private final LifeCycle<Optional<Choice>> life = new LifeCycle<>(Optional.empty(), RULES);
  private LifeCycle.Decision<Optional<Choice>> told = life.decisions().getLast();

  /** By measured class: calls that passed the caches, since it began to learn. */
  private final double[] learned;

  private final double[] window;

  /**
   * Begins.
   *
   * @param flows null where nothing is counted
   * @param leastPerSecond calls of the measured sizes that pass the caches in a second; with fewer
   *     there is nothing to gain
   */
  RouteLearner(TierClasses tiers, ClassFlows flows, double leastPerSecond) {
    this.tiers = tiers;
    this.flows = flows;
    this.leastPerSecond = leastPerSecond;
    patterns =
        new PatternLearner(
            tiers.sizes().last(), RouteFigures.COSTS, Math.max(0, tiers.provider()), REMEMBERED);
    learned = new double[tiers.classes().length];
    window = new double[tiers.classes().length];
  }

  /** A window has ended. */
  void window(LearningWindow ended) {
    if (flows == null || tiers.classes().length == 0) {
      return;
    }
    double seconds = ended.seconds();
    flows.endWindow(patterns);
    patterns.endWindow();
    Arrays.setAll(window, i -> (double) flows.calls(tiers.classes()[i]));
    double perSecond = Arrays.stream(window).sum() / seconds;
    boolean isUsual = seconds > 0 && seconds <= LONGEST_SECONDS && perSecond >= leastPerSecond;
    if (isUsual && patterns.windows() >= REMEMBERED) {
      decide(ended);
    }
  }

  private void decide(LearningWindow ended) {
    if (life.state() == State.FROZEN) {
      double part = cost(window, life.inForce()) / cost(window, best(window)) - 1;
      life.window(part < LEAST_GAIN ? BEST : BEST + part / LEAST_GAIN, life.inForce());
      if (life.state() == State.LEARN) {
        Arrays.fill(learned, 0);
      }
    } else {
      double cost = cost(window, life.inForce()) / cost(window, life.incumbent());
      if (life.state() == State.LEARN) {
        Arrays.setAll(learned, i -> learned[i] + window[i]);
      }
      life.window(cost, best(learned));
      if (life.state() == State.FROZEN) {
        life.window(BEST, life.inForce()); // what later windows are held against
      }
    }
    LifeCycle.Decision<Optional<Choice>> last = life.decisions().getLast();
    if (!last.equals(told)) {
      told = last;
      advise(ended, last);
    }
  }

  /** The tier and range that gain most by some calls; none if none gains enough. */
  private Optional<Choice> best(double... calls) {
    double all = cost(calls, Optional.empty());
    Choice best = null;
    double most = LEAST_GAIN * all;
    for (int other : tiers.others()) {
      BestRange range =
          BestRange.of(
              IntStream.range(0, calls.length)
                  .mapToDouble(i -> calls[i] * (expected(i, tiers.provider()) - expected(i, other)))
                  .toArray());
      if (!range.isEmpty() && range.sum() > most) {
        best = new Choice(other, range.from(), range.to());
        most = range.sum();
      }
    }
    return Optional.ofNullable(best);
  }

  private double expected(int index, int provider) {
    return patterns.expectedCost(tiers.classes()[index], provider);
  }

  /** What some calls are expected to take. */
  private double cost(double[] calls, Optional<Choice> choice) {
    double cost = 0;
    for (int i = 0; i < calls.length; i++) {
      int index = i;
      int provider =
          choice.filter(each -> each.has(index)).map(Choice::other).orElse(tiers.provider());
      cost += calls[i] * expected(i, provider);
    }
    return cost;
  }

  /** Tells what was kept, and at which step of what else it is. */
  private void advise(LearningWindow ended, LifeCycle.Decision<Optional<Choice>> last) {
    ended.advise(
        KEY,
        life.incumbent().map(kept -> tiers.values(route(kept))).orElse(Map.of()),
        String.format(
            Locale.ROOT, "%s, %s; %s", last.to(), last.reason(), evidence(last.inForce())));
  }

  private TierRoute route(Choice choice) {
    return tiers.route(choice.other(), choice.from(), choice.to());
  }

  private String evidence(Optional<Choice> choice) {
    double all = cost(learned, Optional.empty());
    if (choice.isEmpty()) {
      return String.format(
          Locale.ROOT,
          "no other tier for blocks of %d to %d B: it must gain %.0f %% of the time of their calls"
              + " that pass the caches; %s",
          RouteFigures.ABOVE_BYTES + 1,
          RouteFigures.UP_TO_BYTES,
          100 * LEAST_GAIN,
          classes(0, learned.length - 1, tiers.provider()));
    }
    TierRoute route = route(choice.get());
    return String.format(
        Locale.ROOT,
        "%s for blocks of %d to %d B, in place of %s, gains %.0f %% of the time of calls of %d to"
            + " %d B that pass the caches: %s",
        route.tier(),
        route.aboveBytes() + 1,
        route.upToBytes(),
        route.instead(),
        100 * (1 - cost(learned, choice) / all),
        RouteFigures.ABOVE_BYTES + 1,
        RouteFigures.UP_TO_BYTES,
        classes(choice.get().from(), choice.get().to(), choice.get().other()));
  }

  /** The classes of a range that pass the caches most often. */
  private String classes(int from, int to, int provider) {
    return IntStream.rangeClosed(from, to)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> learned[i]).reversed())
        .limit(MOST_NAMED)
        .map(i -> words(i, provider))
        .collect(joining("; "));
  }

  private String words(int index, int provider) {
    ClassVerdict verdict = patterns.verdict(tiers.classes()[index]);
    return String.format(
        Locale.ROOT,
        "%,d B %s (%.0f %%), %,.0f calls, cost %.2f (%s)",
        tiers.sizes().bytes(verdict.sizeClass()),
        verdict.pattern().name().toLowerCase(Locale.ROOT),
        100 * verdict.confidence(),
        learned[index],
        expected(index, provider),
        verdict.evidence().phrase());
  }
}
