package hak.core.memory;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Which superslabs a thread takes free runs from first, and where it begins to look. Each superslab
 * is of the shard of who opened it, so that threads of different shards do not write to the same
 * words in turns; who finds no run in his own shard looks at all superslabs.
 *
 * <p>A shard keeps some superslabs open that are empty, one for each four: to close one and to take
 * another soon after costs more than all else, and two threads at it write to the same words. Their
 * pages count, and are given back ({@link PageDecay}, {@link FreePages}), as all that are free in
 * superslabs in use; the superslab is closed then.
 *
 * <p>Any thread may call at any time, without a lock: what is said here is a hint.
 */
final class RunShards {
  /** A power of two: more threads than this share theirs. */
  private static final int COUNT = 16;

  /** Instead of a shard: all of them. */
  static final int ALL = COUNT;

  /** A shard keeps an empty superslab for each so many that it has. */
  private static final int FOR_A_SPARE = 4;

  /** So many at most. */
  private static final int MOST_SPARES = 8;

  /** Ints from one shard to the next: two lines of a cache, for they are fetched in pairs. */
  private static final int STRIDE = 32;

  private static final int NONE = -1;

  private final SuperslabStates states;
  private final int firstSuperslab;

  /** The shard of each superslab, by its number from the first one on. */
  private final byte[] shards;

  private final RunHints[] hints = new RunHints[COUNT];

  /** How many superslabs of each shard are in use. */
  private final AtomicIntegerArray inUse = new AtomicIntegerArray((COUNT + 1) * STRIDE);

  /** The empty ones that each shard keeps, or kept: by now they may be used or closed. */
  private final AtomicIntegerArray spares = new AtomicIntegerArray((COUNT + 1) * STRIDE);

  /** For superslabs from one number to before another. */
  RunShards(SuperslabStates states, int firstSuperslab, int end) {
    this.states = states;
    this.firstSuperslab = firstSuperslab;
    shards = new byte[end - firstSuperslab];
    for (int shard = 0; shard < COUNT; shard++) {
      hints[shard] = new RunHints(firstSuperslab);
      // By what links it, so that no later call needs the Java heap.
      inUse.getAndAdd(cell(shard), 0);
      for (int spare = 0; spare < MOST_SPARES; spare++) {
        spares.getAndSet(cell(shard) + spare, NONE);
        spares.compareAndSet(cell(shard) + spare, NONE, NONE);
      }
    }
  }

  private static int cell(int shard) {
    return (shard + 1) * STRIDE;
  }

  private int shardOf(int superslab) {
    return shards[superslab - firstSuperslab];
  }

  /** The shard of the running thread. */
  static int current() {
    return (int) Thread.currentThread().threadId() & (COUNT - 1);
  }

  /** Where to look for a run of so many pages, in a shard or in {@link #ALL}. */
  int first(int shard, int length) {
    if (shard != ALL) {
      return hints[shard].of(length);
    }
    int first = Integer.MAX_VALUE;
    for (RunHints each : hints) {
      first = Math.min(first, each.of(length));
    }
    return first;
  }

  /** Who began there found no run of so many pages before a superslab. */
  void noneBefore(int shard, int length, int superslab) {
    if (shard != ALL) {
      hints[shard].noneBefore(length, superslab);
      return;
    }
    for (RunHints each : hints) {
      if (each.of(length) < superslab) {
        each.noneBefore(length, superslab);
      }
    }
  }

  /** Whether a superslab is of a shard; each is of {@link #ALL}. */
  boolean isOf(int superslab, int shard) {
    return shard == ALL || shardOf(superslab) == shard;
  }

  /** Who opens a superslab takes it for the shard of the running thread. */
  void opened(int superslab) {
    int shard = current();
    shards[superslab - firstSuperslab] = (byte) shard;
    inUse.getAndAdd(cell(shard), 1);
  }

  private static int spares(int inUse) {
    return Math.min(MOST_SPARES, inUse / FOR_A_SPARE);
  }

  /** Whether a superslab that is empty stays open. */
  boolean keepsEmpty(int superslab) {
    int cell = cell(shardOf(superslab));
    int kept = spares(inUse.get(cell));
    for (int i = 0; i < kept; i++) {
      int spare = spares.get(cell + i);
      boolean isThere = spare != superslab && spare != NONE && states.claimed(spare) == 0;
      if (!isThere && spares.compareAndSet(cell + i, spare, superslab)) {
        boolean isOneTooMany = i >= spares(inUse.get(cell)); // others were closed meanwhile
        return !isOneTooMany || !spares.compareAndSet(cell + i, superslab, NONE);
      }
    }
    return false;
  }

  /**
   * An empty superslab was closed, so that the shard may keep fewer.
   *
   * @return one that it no longer keeps if it is empty; -1 when there is none
   */
  int closed(int superslab) {
    int cell = cell(shardOf(superslab));
    int kept = spares(inUse.getAndAdd(cell, -1) - 1);
    return kept < MOST_SPARES ? spares.getAndSet(cell + kept, NONE) : NONE;
  }

  /**
   * Pages of a superslab that stays open became free.
   *
   * @param free the bits of all that are free there now
   */
  void freed(int superslab, int free) {
    hints[shardOf(superslab)].lower(PageBits.longestRun(free), superslab);
  }
}
