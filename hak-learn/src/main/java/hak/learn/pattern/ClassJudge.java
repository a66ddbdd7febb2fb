package hak.learn.pattern;

import hak.learn.Cooldown;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is held of one size class, and when that changes.
 *
 * <pre>
 *   votes    the decision of each of the last windows
 *   P(pattern) = (votes for it + 1/2) / (votes + patterns / 2)
 *   cost(provider) = sum over the patterns of P(pattern) * cost(pattern, provider)
 * </pre>
 *
 * <p>The estimate is that of Krichevsky and Trofimov ("The performance of universal encoding", IEEE
 * Transactions on Information Theory 27, 1981). A provider is chosen by the least expected cost
 * (Wald, "Statistical Decision Functions", 1950), not by the likeliest pattern: a wrong answer that
 * is dear counts for more.
 *
 * <p>What is held changes when another one was decided for {@link #CALM_WINDOWS} windows and the
 * cool-down is over, so what flips for ever changes ever more rarely.
 */
final class ClassJudge {
  /** For so many windows another pattern or provider must be the one. */
  static final int CALM_WINDOWS = 3;

  /** From a change to the next, at first and at most. */
  static final int SHORTEST_COOLDOWN = 8;

  static final int LONGEST_COOLDOWN = 256;

  private static final int PATTERNS = Pattern.values().length;

  private final int sizeClass;
  private final RouteCosts costs;
  private final PatternRules rules = new PatternRules();
  private final Held<Pattern> patterns = new Held<>(Pattern.UNKNOWN);
  private final Held<Integer> routes;

  /** By number of the window, modulo its length. */
  private final Pattern[] votes;

  private final Map<Pattern, Integer> votesFor = new EnumMap<>(Pattern.class);
  private long windows;
  private Metrics evidence = Metrics.NONE;

  ClassJudge(int sizeClass, RouteCosts costs, int firstRoute, int windows) {
    votes = new Pattern[windows];
    this.sizeClass = sizeClass;
    this.costs = costs;
    routes = new Held<>(firstRoute);
  }

  /** Takes in what a class did until the end of a window. */
  void endWindow(Metrics metrics) {
    evidence = metrics;
    Pattern vote = rules.decide(metrics);
    int place = (int) (windows % votes.length);
    if (votes[place] != null) {
      votesFor.merge(votes[place], -1, Integer::sum);
    }
    votes[place] = vote;
    votesFor.merge(vote, 1, Integer::sum);
    windows++;
    patterns.propose(vote, windows);
    routes.propose(bestRoute(), windows);
  }

  /** The one that gains most; what is held unless another gains the least gain. */
  private int bestRoute() {
    int best = routes.value;
    double least = expectedCost(best) * (1 - PatternLearner.LEAST_GAIN);
    for (int provider = 0; provider < costs.providers().size(); provider++) {
      double cost = expectedCost(provider);
      if (cost < least) {
        best = provider;
        least = cost;
      }
    }
    return best;
  }

  double expectedCost(int provider) {
    double cost = 0;
    for (Pattern pattern : Pattern.values()) {
      cost += probability(pattern) * costs.of(pattern, provider);
    }
    return cost;
  }

  private double probability(Pattern pattern) {
    long votesOfAll = Math.min(windows, votes.length);
    return (votesFor.getOrDefault(pattern, 0) + 0.5) / (votesOfAll + 0.5 * PATTERNS);
  }

  Pattern pattern() {
    return patterns.value;
  }

  /** The number of the provider that is held to be the best. */
  int route() {
    return routes.value;
  }

  ClassVerdict verdict() {
    return new ClassVerdict(
        sizeClass,
        pattern(),
        probability(pattern()),
        costs.providers().get(routes.value),
        expectedCost(routes.value),
        evidence);
  }

  /** A value that changes when it has been proposed for a while, and not too often. */
  private static final class Held<T> {
    private final Cooldown cooldown = new Cooldown(SHORTEST_COOLDOWN, LONGEST_COOLDOWN);
    private T value;
    private T proposed;
    private int calm;

    Held(T value) {
      this.value = value;
      proposed = value;
    }

    void propose(T next, long window) {
      calm = next.equals(proposed) ? calm + 1 : 1;
      proposed = next;
      if (!next.equals(value) && calm >= CALM_WINDOWS && cooldown.isReady(window)) {
        value = next;
        cooldown.use(window);
      }
    }
  }
}
