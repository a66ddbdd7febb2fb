package hak.store.bench.train;

import java.util.SplittableRandom;

/**
 * The examples of one worker, generated: some features that are on, low numbers more often, as in
 * words of a text; and a target that no single layer can learn, the absolute value of a hidden
 * weighted sum of them.
 */
final class Examples {
  private static final long WEIGHTS = 0x9E3779B97F4A7C15L;
  private static final long WORKERS = 0xBF58476D1CE4E5B9L;

  private final int[] features;
  private final float[] targets;

  Examples(TrainPlan plan, int worker) {
    double[] weights =
        new SplittableRandom(plan.seed() ^ WEIGHTS).doubles(plan.features(), -1, 1).toArray();
    SplittableRandom random = new SplittableRandom(plan.seed() + (worker + 1) * WORKERS);
    features = new int[plan.examples() * Perceptron.ACTIVE];
    targets = new float[plan.examples()];
    for (int example = 0; example < targets.length; example++) {
      double sum = 0;
      for (int active = 0; active < Perceptron.ACTIVE; active++) {
        double place = random.nextDouble();
        int feature = (int) (place * place * plan.features());
        features[example * Perceptron.ACTIVE + active] = feature;
        sum += weights[feature];
      }
      targets[example] = (float) Math.abs(sum);
    }
  }

  int count() {
    return targets.length;
  }

  /** One of the features that are on; the same may be named twice. */
  int feature(int example, int active) {
    return features[example * Perceptron.ACTIVE + active];
  }

  float target(int example) {
    return targets[example];
  }
}
