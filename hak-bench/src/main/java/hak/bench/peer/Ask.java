package hak.bench.peer;

/**
 * What a {@link Contestant} is asked for.
 *
 * @param ask what it is to do
 * @param target with which of its allocators, from 0
 */
record Ask(Kind ask, int target) {
  /** What a contestant can do. */
  enum Kind {
    /** To replay until it is in its stride. */
    WARM_UP,

    /** To replay once and to answer how long it took. */
    ROUND,

    /** To answer its peak of resident memory. */
    MEMORY,

    /** To answer a checksum of the calls of a round, whichever allocator it has. */
    CALL_SUM
  }
}
