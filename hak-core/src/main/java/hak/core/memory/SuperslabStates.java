package hak.core.memory;

/**
 * What is claimed of each superslab, in one word each, and what becomes of it as a whole.
 *
 * <pre>
 *    0  word    | touched : 32 bits | claimed : 32 bits |      one bit per 64 KiB page   long
 *    8  status  {@link PageRuns#IN_USE}, {@link PageRuns#PARKED} or {@link PageRuns#PURGED}  int
 *   12  used    bits of pages that were claimed since somebody asked                          int
 *
 *   a page is   UNUSED  neither bit          there is no memory behind it yet
 *               ACTIVE  both bits            somebody's slab or run
 *               EMPTY   touched only         free, its memory still there: taken first
 * </pre>
 *
 * <p>Pages are claimed and released by one compare-and-set of the word, by any thread, with no
 * lock: a run never crosses a superslab, so finding {@code n} neighbours is bit arithmetic and
 * coalescing is free. A superslab that is not in use is closed: all its pages are claimed, so
 * nobody else can, and whoever has it may write its word and status plainly.
 *
 * <p>Four are on a line of a cache, but no neighbours, which are often of different threads: number
 * i of n is followed by n / 4 + i.
 *
 * @param states ref of {@link #bytes} for the superslabs of the reservation, zero
 * @param rowShift log2 of the number of superslabs from which those on one line are apart
 */
record SuperslabStates(Memory memory, int states, int rowShift) {
  private static final int BYTES = 16;
  private static final int UNITS = BYTES / Memory.UNIT_BYTES;
  private static final int ON_A_LINE_SHIFT = 2;
  private static final int STATUS = 8;
  private static final int USED = 12;
  private static final long ALL_CLAIMED = 0xFFFF_FFFFL;
  private static final int TOUCHED_SHIFT = 32;

  /** Those of so many superslabs, numbers from 0 on. */
  static SuperslabStates of(Memory memory, int states, int superslabs) {
    return new SuperslabStates(memory, states, rowShift(superslabs));
  }

  /** What the states of so many superslabs take. */
  static long bytes(int superslabs) {
    return (long) BYTES << ON_A_LINE_SHIFT << rowShift(superslabs);
  }

  /** Bytes from the first state to that of a superslab, among so many. */
  static int offset(int superslab, int superslabs) {
    return of(null, 0, superslabs).cell(superslab) * Memory.UNIT_BYTES;
  }

  private static int rowShift(int superslabs) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(superslabs - 1);
    return Math.max(0, bits - ON_A_LINE_SHIFT);
  }

  private int cell(int superslab) {
    int row = superslab & ((1 << rowShift) - 1);
    return states + (row << ON_A_LINE_SHIFT | superslab >>> rowShift) * UNITS;
  }

  private long word(int superslab) {
    return memory.getLongVolatile(cell(superslab), 0);
  }

  private void word(int superslab, long word) {
    memory.putLongVolatile(cell(superslab), 0, word);
  }

  private boolean replace(int superslab, long word, long by) {
    return memory.compareAndSetLong(cell(superslab), 0, word, by);
  }

  int status(int superslab) {
    return memory.getIntVolatile(cell(superslab), STATUS);
  }

  void status(int superslab, int status) {
    memory.putIntVolatile(cell(superslab), STATUS, status);
  }

  /** The pages that are claimed, as bits. */
  int claimed(int superslab) {
    return (int) word(superslab);
  }

  /** The pages that may have memory behind them, as bits. */
  int touched(int superslab) {
    return (int) (word(superslab) >>> TOUCHED_SHIFT);
  }

  /**
   * The pages that were claimed since the last call, as bits. A claim at the same time as another
   * or as this call may be missed.
   */
  int takeUsed(int superslab) {
    int used = memory.getInt(cell(superslab), USED);
    if (used != 0) {
      memory.putInt(cell(superslab), USED, 0);
    }
    return used;
  }

  /** Plain, for whoever asks only wants to know what is idle; and seldom a store. */
  private void use(int superslab, long pages) {
    int used = memory.getInt(cell(superslab), USED);
    if ((used | (int) pages) != used) {
      memory.putInt(cell(superslab), USED, used | (int) pages);
    }
  }

  /** Nobody can claim there, and no page has memory behind it. */
  void closeUntouched(int superslab) {
    word(superslab, ALL_CLAIMED);
  }

  /** Nobody can claim there, and all pages have memory behind them. */
  void closeTouched(int superslab) {
    word(superslab, ALL_CLAIMED | ALL_CLAIMED << TOUCHED_SHIFT);
  }

  /** Everybody can claim there; it was closed. */
  void open(int superslab) {
    use(superslab, ALL_CLAIMED);
    status(superslab, PageRuns.IN_USE);
    word(superslab, word(superslab) & ~ALL_CLAIMED);
  }

  /**
   * Claims the first pages of a run of {@code room} free ones which begins at one of the allowed
   * bits, where pages have memory if there is a choice.
   *
   * @return the number of the first page, with {@link PageRuns#ZERO} added when no page was ever
   *     touched; -1 when there is no such run
   */
  long claim(int superslab, int count, int room, int allowedStarts) {
    while (true) {
      long word = word(superslab);
      int free = ~(int) word;
      int starts = PageBits.runStarts(free, room) & allowedStarts;
      if (starts == 0) {
        return -1;
      }
      int touched = (int) (word >>> TOUCHED_SHIFT);
      int touchedStarts = PageBits.runStarts(free & touched, count) & starts;
      int bit = Integer.numberOfTrailingZeros(touchedStarts != 0 ? touchedStarts : starts);
      long pages = PageBits.mask(bit, count);
      if (replace(superslab, word, word | pages | pages << TOUCHED_SHIFT)) {
        use(superslab, pages);
        return bit | ((touched & pages) == 0 ? PageRuns.ZERO : 0);
      }
    }
  }

  /** Claims all of some pages; false, and nothing changed, when one of them is not free. */
  boolean claimAll(int superslab, long pages) {
    long word;
    do {
      word = word(superslab);
      if ((word & pages) != 0) {
        return false;
      }
    } while (!replace(superslab, word, word | pages | pages << TOUCHED_SHIFT));
    use(superslab, pages);
    return true;
  }

  /**
   * Claims those among some pages that are free and have memory. Where there are such, also those
   * that nobody ever claimed: they have memory when they are part of a huge page.
   *
   * @return their bits
   */
  int claimFree(int superslab, int among) {
    while (true) {
      long word = word(superslab);
      long free = ~word & ALL_CLAIMED;
      long touched = word >>> TOUCHED_SHIFT;
      if ((free & touched & among) == 0) {
        return 0;
      }
      long pages = free & (among | ~touched);
      if (replace(superslab, word, word | pages | pages << TOUCHED_SHIFT)) {
        return (int) pages;
      }
    }
  }

  /**
   * Gives claimed pages back.
   *
   * @param pages those of the caller
   * @param untouched those of them that have no memory behind them any more
   * @return the pages that are still claimed; of 0, see {@link #closeIfEmpty}
   */
  int release(int superslab, int pages, int untouched) {
    long bits = (pages & ALL_CLAIMED) | ((long) untouched << TOUCHED_SHIFT);
    long word;
    long released;
    do {
      word = word(superslab);
      assert (word & bits) == bits : "a page that is given back was not claimed";
      released = word & ~bits;
    } while (!replace(superslab, word, released));
    return (int) released;
  }

  /**
   * Closes a superslab that is open and has no claimed page. Of those who find one empty exactly
   * one closes it.
   *
   * @return whether it is closed now; it is the caller's then
   */
  boolean closeIfEmpty(int superslab) {
    long word;
    do {
      word = word(superslab);
      if ((int) word != 0) {
        return false;
      }
    } while (!replace(superslab, word, word | ALL_CLAIMED));
    return true;
  }
}
