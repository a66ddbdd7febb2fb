package hak.learn.pattern;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What it costs that a provider serves a class of a pattern, in parts of what the first provider
 * takes for it: measured, and given to the learner.
 */
public final class RouteCosts {
  private final List<String> providers;
  private final Map<Pattern, double[]> costs = new EnumMap<>(Pattern.class);

  /**
   * Makes a table.
   *
   * @param providers their names, each once, at least one
   * @param costs for each pattern one for each provider, all above 0 and finite; where a pattern is
   *     not there, all are alike
   * @throws IllegalArgumentException if a name is there twice, or a row is too long or short, or a
   *     cost is out of range
   */
  public RouteCosts(List<String> providers, Map<Pattern, List<Double>> costs) {
    if (providers.isEmpty() || providers.stream().distinct().count() < providers.size()) {
      throw new IllegalArgumentException("providers must be one or more, each once: " + providers);
    }
    this.providers = List.copyOf(providers);
    for (Pattern pattern : Pattern.values()) {
      List<Double> row = costs.get(pattern);
      double[] values = new double[providers.size()];
      for (int p = 0; p < values.length; p++) {
        values[p] = row == null ? 1 : checked(row, p, pattern);
      }
      this.costs.put(pattern, values);
    }
  }

  private double checked(List<Double> row, int provider, Pattern pattern) {
    if (row.size() != providers.size()) {
      throw new IllegalArgumentException(
          pattern + " has " + row.size() + " costs for " + providers.size() + " providers");
    }
    double cost = row.get(provider);
    if (!(cost > 0 && cost < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          pattern + " costs " + cost + " with " + providers.get(provider) + "; it must be above 0");
    }
    return cost;
  }

  /** The names, in order. */
  public List<String> providers() {
    return providers;
  }

  /** What a provider costs for a pattern. */
  public double of(Pattern pattern, int provider) {
    return costs.get(pattern)[provider];
  }
}
