package hak.model;

import java.util.random.RandomGenerator;

/**
 * One thing to do.
 *
 * @param kind what
 * @param actor who, by number
 * @param size bytes, where it has a size
 * @param pick which block or arena is meant, and the logarithm of the alignment
 */
record Step(Kind kind, int actor, long size, int pick) {
  /** The largest size. */
  static final long MOST_BYTES = 64L << 20;

  private static final int ALIGNMENTS = 22;

  /** What can be done, and how often it is, compared with the others. */
  enum Kind {
    MALLOC(9),
    ALIGNED(4),
    CALLOC(3),
    REALLOC(4),
    REALLOC_ALIGNED(1),
    FREE(10),
    SIZED_FREE(3),
    SEGMENT(3),
    AS_SEGMENT(1),
    ARENA(2),
    ARENA_ALLOCATE(8),
    ARENA_RESET(1),
    ARENA_CLOSE(2),
    HAND_OVER(2),
    TRIM(1),
    RELEASE_HEAP(1);

    /** How often. */
    final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }

  /** The alignment meant: 1 .. 2 MiB. */
  long alignment() {
    return 1L << (pick % ALIGNMENTS);
  }

  /** One at random: small sizes more often than large ones. */
  static Step random(RandomGenerator random, int actor) {
    int weights = 0;
    for (Kind kind : Kind.values()) {
      weights += kind.weight;
    }
    int at = random.nextInt(weights);
    Kind chosen = null;
    for (Kind kind : Kind.values()) {
      if (at >= 0 && at < kind.weight) {
        chosen = kind;
      }
      at -= kind.weight;
    }
    long limit = 1L << random.nextInt(27);
    return new Step(chosen, actor, random.nextLong(limit + 1), random.nextInt(1 << 20));
  }
}
