package hak.store.bench.train;

/**
 * What is trained, and how often the parameters are exchanged. All that a training computes follows
 * from it, bit for bit.
 *
 * @param workers processes that train, each on examples of its own: 1 to {@value #MAX_WORKERS}
 * @param epochs how often each worker goes through its examples, 1 or more
 * @param epochsPerSync after how many epochs the parameters are exchanged, and once more after the
 *     last epoch; 1 or more
 * @param features inputs of the model, 16 to 1,048,576; it has {@value Perceptron#HIDDEN}
 *     parameters for each
 * @param examples examples of each worker, 1 to 100,000
 * @param seed of the examples and of the parameters to start from
 */
public record TrainPlan(
    int workers, int epochs, int epochsPerSync, int features, int examples, long seed) {
  /** Most workers. */
  public static final int MAX_WORKERS = 32;

  /** 4 workers, 200 epochs, an exchange every 5, objects of 5.1 MB, 1,000 examples each. */
  public static final TrainPlan DEFAULT = new TrainPlan(4, 200, 5, 20_000, 1_000, 1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the first value that is outside its range
   */
  public TrainPlan {
    check("workers", workers, 1, MAX_WORKERS);
    check("epochs", epochs, 1, 1_000_000);
    check("sync", epochsPerSync, 1, 1_000_000);
    check("features", features, Perceptron.ACTIVE, 1 << 20);
    check("examples", examples, 1, 100_000);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          String.format("%s is %,d; it must be from %,d to %,d", name, value, least, most));
    }
  }

  /** How often the parameters are exchanged. */
  public int syncs() {
    return Math.ceilDiv(epochs, epochsPerSync);
  }

  /** Epochs of each worker that are over after the exchange of that number, from 1. */
  public int epochsAt(int sync) {
    return (int) Math.min(epochs, (long) sync * epochsPerSync);
  }

  /** Epochs between the exchange of that number, from 1, and the one before. */
  int epochsBefore(int sync) {
    return epochsAt(sync) - epochsAt(sync - 1);
  }

  /** The model. */
  Perceptron perceptron() {
    return new Perceptron(features);
  }
}
