package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import java.util.SplittableRandom;

/**
 * Workloads of one kind. A new one is a class like {@link FixedSize} and a place in the list of
 * {@link SyntheticWorkloads}; it is in the help, in the documents and under test then.
 */
interface WorkloadFamily {
  /** For what is drawn: a program is the same each time. */
  long SEED = 0x48414B2D6D6978L;

  /** What it is called and what can be set. */
  WorkloadType type();

  /**
   * Refuses values that do not go together.
   *
   * @param settings each value in its range
   * @throws IllegalArgumentException saying which
   */
  default void check(Settings settings) {}

  /** Draws the program: the same each time for the same settings, which have been checked. */
  ParallelProgram draw(Settings settings);

  /** A source of random numbers for each thread, from {@link #SEED}. */
  static SplittableRandom[] randoms(int threads) {
    SplittableRandom root = new SplittableRandom(SEED);
    SplittableRandom[] randoms = new SplittableRandom[threads];
    for (int i = 0; i < threads; i++) {
      randoms[i] = root.split();
    }
    return randoms;
  }
}
