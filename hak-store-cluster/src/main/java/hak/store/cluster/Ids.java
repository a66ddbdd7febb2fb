package hak.store.cluster;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers that no other node gives out: the generation of this node, which it drew at random and
 * claimed in the directory, and a counter.
 *
 * <pre>
 *   62          36 35                       0
 *   | generation  |          counter        |      never 0
 * </pre>
 *
 * <p>A node that opens the cluster again has another generation, so an id names one object as long
 * as some node is there. After the last node left, ids of before are told from new ones with the
 * probability of the draw.
 */
final class Ids {
  /** Bits of the generation. */
  static final int GENERATION_BITS = 27;

  private static final int COUNTER_BITS = 36;

  private final int generation;
  private final AtomicLong counter = new AtomicLong();

  Ids(int generation) {
    this.generation = generation;
  }

  int generation() {
    return generation;
  }

  /**
   * The next number.
   *
   * @throws StoreUnavailableException after 2^36 of them: the node has to be opened anew
   */
  long next() {
    long count = counter.incrementAndGet();
    if (count >>> COUNTER_BITS != 0) {
      throw new StoreUnavailableException("this node has given out all its ids; open it again");
    }
    return (long) generation << COUNTER_BITS | count;
  }
}
