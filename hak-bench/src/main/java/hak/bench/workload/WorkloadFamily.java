package hak.bench.workload;

import hak.bench.trace.ParallelProgram;
import hak.bench.trace.Program;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Workloads of one kind. A new one is a class like {@link FixedSize} and a place in the list of
 * {@link SyntheticWorkloads}; it is in the help, in the documents and under test then.
 */
interface WorkloadFamily {
  /** For what is drawn: a program is the same each time. */
  long SEED = 0x48414B2D6D6978L;

  /** What an operation is, where blocks are only allocated and freed. */
  String ONE_CALL = "one malloc or one free";

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

  /** The program of threads that do not meet, each drawn from random numbers of its own. */
  static ParallelProgram apart(int threads, Function<SplittableRandom, Program> draw) {
    return ParallelProgram.apart(Stream.of(randoms(threads)).map(draw).toList());
  }

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
