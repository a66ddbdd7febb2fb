package hak.core.memory;

/**
 * Which superslabs a thread takes free runs from first, and where it begins to look. Each superslab
 * is of the shard of who opened it, so that threads of different shards do not write to the same
 * words in turns; who finds no run in his own shard looks at all superslabs.
 *
 * <p>Any thread may call at any time, without a lock: what is said here is a hint.
 */
final class RunShards {
  /** A power of two: more threads than this share theirs. */
  private static final int COUNT = 16;

  /** Instead of a shard: all of them. */
  static final int ALL = COUNT;

  private final int firstSuperslab;

  /** The shard of each superslab, by its number from the first one on. */
  private final byte[] shards;

  private final RunHints[] hints = new RunHints[COUNT];

  /** For superslabs from one number to before another. */
  RunShards(int firstSuperslab, int end) {
    this.firstSuperslab = firstSuperslab;
    shards = new byte[end - firstSuperslab];
    for (int shard = 0; shard < COUNT; shard++) {
      hints[shard] = new RunHints(firstSuperslab);
    }
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
    return shard == ALL || shards[superslab - firstSuperslab] == shard;
  }

  /** Who opens a superslab takes it for the shard of the running thread. */
  void opened(int superslab) {
    shards[superslab - firstSuperslab] = (byte) current();
  }

  /**
   * Pages of a superslab became free.
   *
   * @param free the bits of all that are free there now
   */
  void freed(int superslab, int free) {
    hints[shards[superslab - firstSuperslab]].lower(PageBits.longestRun(free), superslab);
  }
}
