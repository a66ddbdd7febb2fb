package hak.core.memory;

/**
 * The shared pool of page runs: every slab and every run of every tier is claimed here, out of
 * superslabs of 2 MiB that all size classes share.
 *
 * <p>Here runs are looked for and slabs placed; what is claimed of a superslab stands in {@link
 * SuperslabStates}, and where superslabs come from is the {@link SuperslabSupply}.
 *
 * <h2>Concurrency</h2>
 *
 * Claim and release are one compare-and-set, by any thread, with no lock. Only the step from one
 * superslab to the next (once per 2 MiB) asks the sources and may take a lock. Exactly one thread
 * finds a superslab empty, and retires it.
 *
 * <p>A search takes the first run that is long enough, and begins where {@link RunHints} says:
 * among the superslabs of the thread's shard ({@link RunShards}), then among all. Before the pool
 * grows, one search is from the start.
 */
public final class PageRuns {
  /** log2 of the size of a superslab in bytes. */
  public static final int SUPERSLAB_SHIFT = 21;

  /** Bytes of a superslab: 2 MiB. */
  public static final int SUPERSLAB_BYTES = 1 << SUPERSLAB_SHIFT;

  /** Pages of a superslab. */
  public static final int PAGES = SUPERSLAB_BYTES / PageTable.PAGE_BYTES;

  /** What {@link #claim(int, int, int)} adds to a ref when the pages are known to be zero. */
  public static final long ZERO = 1L << 32;

  /** Status of a superslab that tiers claim from. */
  public static final int IN_USE = 1;

  /** Status of an empty superslab whose memory is kept by a source. */
  public static final int PARKED = 2;

  /** Status of an empty superslab without memory behind it. */
  public static final int PURGED = 3;

  /**
   * Where superslabs come from before the reservation grows, and where empty ones go. Any thread
   * may call.
   */
  public interface Source {
    /**
     * The number of an empty superslab, which is the caller's from now on; -1 when there is none.
     */
    int acquire();

    /** Offers an empty superslab; true = kept, false = not wanted, and nothing changed. */
    boolean retire(int superslab);

    /** Gives back what is kept, by {@link PageRuns#purge}. */
    void trim();

    /**
     * Gives back what has been kept longest, by {@link PageRuns#purge}; a source that has reasons
     * of its own to keep what it keeps gives nothing.
     *
     * @param most how many at most
     * @return how many
     */
    default int decay(int most) {
      return 0;
    }

    /**
     * The stack is whole: the source may ask for superslabs by {@link PageRuns#prepare}. What it
     * throws fails the opening of the stack.
     */
    default void connected() {}
  }

  private static final int PAGE_UNITS_SHIFT = PageTable.PAGE_SHIFT - Memory.UNIT_SHIFT;
  private static final int SUPERSLAB_UNITS_SHIFT = SUPERSLAB_SHIFT - Memory.UNIT_SHIFT;

  /** Least bytes that the system gives memory in, on the systems that are served. */
  public static final int SYSTEM_PAGE_BYTES = 4 << 10;

  private final Memory memory;
  private final PageTable pages;
  private final Reservation reservation;
  private final SuperslabStates states;
  private final SuperslabSupply supply;
  private final int firstSuperslab;
  private final RunShards shards;
  private final FreePages freePages;

  /** null = slabs are anywhere. */
  private PlacedSlabs placed;

  /** What to try before the pool grows; null = nothing. */
  private Runnable beforeGrowth;

  /**
   * A pool over the data part of a reservation.
   *
   * @param states ref of {@link #stateBytes} for the reservation, zero
   */
  public PageRuns(Memory memory, PageTable pages, Reservation reservation, int states) {
    this.memory = memory;
    this.pages = pages;
    this.reservation = reservation;
    this.states = SuperslabStates.of(memory, states, superslabs(reservation.lengthBytes()));
    this.supply = new SuperslabSupply(memory, reservation, this.states);
    this.firstSuperslab = reservation.firstSuperslab();
    this.freePages = new FreePages(this, reservation);
    this.shards = new RunShards(this.states, firstSuperslab, reservation.superslabLimit());
  }

  private static int superslabs(long regionBytes) {
    return (int) (regionBytes >> SUPERSLAB_SHIFT);
  }

  /** Bytes of the states of a region's superslabs. */
  public static long stateBytes(long regionBytes) {
    return SuperslabStates.bytes(superslabs(regionBytes));
  }

  /** Bytes from the first state of a region's superslabs to that of one of them. */
  public static int stateOffset(int superslab, long regionBytes) {
    return SuperslabStates.offset(superslab, superslabs(regionBytes));
  }

  /**
   * Names the sources, first asked first, where slabs are to be, and what to try before the pool
   * takes more memory. At composition only.
   *
   * @param wishes null = anywhere
   */
  public void connect(Source[] chain, Placement wishes, Runnable reclaimBeforeGrowth) {
    placed = wishes == null ? null : new PlacedSlabs(this, wishes);
    beforeGrowth = reclaimBeforeGrowth;
    supply.connect(chain);
  }

  /** Says how much memory empty superslabs may keep; before {@link #connect}. */
  public void keepAtMost(KeepShare share) {
    supply.keepAtMost(share);
  }

  /** Has somebody told whenever the pool has grown, and when it is closed. At composition only. */
  public void tellOfGrowth(Runnable listener) {
    supply.tellOfGrowth(listener);
  }

  /**
   * Takes no more memory from now on, so that what is still inside of a call ends without a block,
   * and forgets what {@link #connect} named: nothing of a closed stack is reachable from here.
   * Needs no Java heap.
   */
  public void close() {
    supply.close();
    placed = null;
    beforeGrowth = null;
  }

  /**
   * Claims {@code count} neighbouring pages, 1 to {@link #PAGES}.
   *
   * <p>Before the pool grows, what is free elsewhere is collected, by the tiers of the heap that
   * the caller holds: call with the state of the tier whole.
   *
   * @return the ref of the first page, or 0 when the reservation is used up, the system refuses
   *     memory, or the stack is closed; nothing is claimed then
   * @throws StackOverflowError if growing has no {@link StackRoom}; nothing is claimed then
   */
  public int claim(int count) {
    return (int) claim(count, PageBits.ANY_START);
  }

  /**
   * As {@link #claim(int)}, and says whether the pages are known to be zero.
   *
   * @param alignedPages the run begins at a multiple of so many pages in its superslab: a power of
   *     two up to {@link #PAGES}
   * @param roomPages if there is a run of so many free pages, its first ones are claimed, so that
   *     the claim can be extended (see {@link RunLengths}); otherwise any run does
   * @return the ref of the first page, with {@link #ZERO} added when no page was ever written to
   *     since the system gave it; 0 as {@link #claim(int)}
   * @throws StackOverflowError as {@link #claim(int)}
   */
  public long claim(int count, int alignedPages, int roomPages) {
    int starts = PageBits.startsAt(alignedPages);
    if (roomPages > count) {
      int room = Math.min(roomPages, PAGES);
      long page = searchFromHint(RunShards.current(), count, room, starts);
      page = page != 0 ? page : searchFromHint(RunShards.ALL, count, room, starts);
      if (page != 0) {
        return page;
      }
    }
    return claim(count, starts);
  }

  private long claim(int count, int starts) {
    long page = searchFromHint(RunShards.current(), count, count, starts);
    return page != 0 ? page : claimSlow(count, starts);
  }

  /**
   * Claims a page for a slab, where the placement of the stack wants it if there is one.
   *
   * @param heap the heap that is held and will own the slab
   * @return as {@link #claim}
   * @throws StackOverflowError as {@link #claim}
   */
  public int claimSlab(int heap, int sizeClass) {
    PlacedSlabs slabs = placed;
    return slabs == null ? claim(1) : slabs.claim(heap, sizeClass);
  }

  /** Claims a page in one superslab, which may be any number; 0 when there is none. */
  int claimIfThere(int superslab) {
    boolean isThere = superslab >= firstSuperslab && superslab < superslabEnd();
    return isThere ? (int) claimIn(superslab, 1, 1, PageBits.ANY_START) : 0;
  }

  /** Claims a page in a superslab that nobody is using; 0 when there is none. */
  int claimInAnother() {
    if (supply.isClosed()) {
      return 0;
    }
    int superslab = supply.takeKept();
    if (superslab < 0) {
      collect(); // what becomes empty by that is kept or purged, and is taken before a new one
      superslab = supply.isClosed() ? -1 : supply.take();
    }
    return (int) claimInNext(superslab, 1, PageBits.ANY_START);
  }

  /**
   * Looks at all shards, then at what is kept, then at what can be collected, from the start; then
   * the pool grows.
   */
  private long claimSlow(int count, int starts) {
    long page = searchFromHint(RunShards.ALL, count, count, starts);
    if (page != 0 || supply.isClosed()) {
      return page;
    }
    StackRoom.forBox();
    page = claimInNext(supply.takeKept(), count, starts);
    if (page == 0) {
      collect();
      page = search(firstSuperslab, RunShards.ALL, count, count, starts);
    }
    while (page == 0 && !supply.isClosed()) {
      int superslab = supply.take();
      if (superslab < 0) {
        return 0;
      }
      page = claimInNext(superslab, count, starts);
    }
    return page;
  }

  private void collect() {
    Runnable collect = beforeGrowth;
    if (collect != null) {
      collect.run();
    }
  }

  /** Opens a superslab, if there is one, for claiming by anybody, and tries to be among them. */
  private long claimInNext(int superslab, int count, int starts) {
    if (superslab < 0) {
      return 0;
    }
    shards.opened(superslab);
    states.open(superslab);
    shards.freed(superslab, ~claimed(superslab));
    return search(superslab, RunShards.ALL, count, count, starts);
  }

  private long searchFromHint(int shard, int count, int room, int starts) {
    int first = shards.first(shard, room);
    long page = search(first, shard, count, room, starts);
    if (page != 0 && superslabOf((int) page) != first && starts == PageBits.ANY_START) {
      shards.noneBefore(shard, room, superslabOf((int) page));
    }
    return page;
  }

  /** Looks through the superslabs of a shard from one on. */
  private long search(int first, int shard, int count, int room, int starts) {
    int end = reservation.superslabEnd();
    for (int superslab = first; superslab < end; superslab++) {
      if (shards.isOf(superslab, shard)) {
        long page = claimIn(superslab, count, room, starts);
        if (page != 0) {
          return page;
        }
      }
    }
    return 0;
  }

  private long claimIn(int superslab, int count, int room, int allowedStarts) {
    long claimed = states.claim(superslab, count, room, allowedStarts);
    return claimed < 0
        ? 0
        : Integer.toUnsignedLong(pageAt(superslab, (int) claimed)) | (claimed & ZERO);
  }

  /**
   * Gives back the run whose head is {@code descriptor}. The caller is its only user. Never fails.
   *
   * @param descriptor head of the run
   */
  public void release(int descriptor) {
    int count = pages.pages(descriptor);
    int page = pages.pageOf(descriptor);
    pages.forget(descriptor);
    release(superslabOf(page), (int) PageBits.mask(PAGES - pagesToEnd(page), count), 0);
  }

  /** Gives claimed pages of a superslab back, some of them without memory by now. */
  void release(int superslab, int pageBits, int purgedBits) {
    int claimed = states.release(superslab, pageBits, purgedBits);
    boolean stays = claimed != 0 || (purgedBits == 0 && shards.keepsEmpty(superslab));
    if (stays || !states.closeIfEmpty(superslab)) {
      shards.freed(superslab, ~claimed);
    } else {
      retire(superslab);
    }
  }

  private void retire(int superslab) {
    int another = shards.closed(superslab);
    supply.retire(superslab);
    if (another >= 0) {
      release(another, 0, 0);
    }
  }

  /** See {@link SuperslabStates#claimAll}. */
  boolean claimAll(int superslab, long pageBits) {
    return states.claimAll(superslab, pageBits);
  }

  /** See {@link SuperslabStates#claimFree}. */
  int claimFree(int superslab, int among) {
    return states.claimFree(superslab, among);
  }

  /**
   * Gives the memory of a retired superslab back to the system and keeps its address range for
   * later. For sources that no longer want to keep one.
   */
  public void purge(int superslab) {
    supply.purge(superslab);
  }

  /**
   * Takes one more superslab from the reservation before it is needed.
   *
   * @param touch whether its memory is to be there, so that no page faults in later
   * @return its number; it is the caller's, parked, until somebody acquires it of him. -1 when the
   *     reservation is used up, the system refuses memory, or more is kept than may be
   */
  public int prepare(boolean touch) {
    return supply.prepare(touch);
  }

  /** What makes a claimed run longer or shorter. */
  public RunLengths runLengths() {
    return new RunLengths(this, pages);
  }

  /** Has the sources give back what they keep, then gives back what is free elsewhere. */
  public void trim() {
    supply.trim();
    freePages.purge();
  }

  /** Gives back the memory behind those among some pages of a superslab that are free. */
  void purgeFree(int superslab, int among) {
    freePages.purge(superslab, among);
  }

  /**
   * Gives back the memory behind a part of pages that are claimed; it reads as zero afterwards.
   * Whose they are sees to it that nobody is there.
   *
   * @param page ref of the first page
   * @param from bytes from there to where the part begins, a multiple of {@link #SYSTEM_PAGE_BYTES}
   * @param bytes how long it is, such a multiple too
   * @return false when the system refuses, and then nothing changed
   */
  public boolean purgePart(int page, int from, int bytes) {
    return reservation.purge(memory.address(page) + from, bytes);
  }

  /** Whether so much may be kept that is free; what is there of it in sources does not count. */
  boolean mayKeep(long bytes) {
    return supply.mayKeep(bytes);
  }

  /** Has the sources give back what is kept beyond the bound, in whole superslabs; how many did. */
  int decayExcess() {
    return supply.decayExcess();
  }

  /** Has the sources give back so many superslabs, what has been kept longest; how many did. */
  int decaySources(int superslabs) {
    return supply.decay(superslabs);
  }

  /** The address of the first byte of a superslab. */
  public long addressOf(int superslab) {
    return memory.address(pageOf(superslab, 0));
  }

  /** Bytes from the base of the reservation to the end of the last superslab taken. */
  public long endOffset() {
    return (long) reservation.superslabEnd() << SUPERSLAB_SHIFT;
  }

  /** The number of the first superslab. */
  public int firstSuperslab() {
    return firstSuperslab;
  }

  /** One more than the number of the last superslab that was ever taken from the reservation. */
  public int superslabEnd() {
    return reservation.superslabEnd();
  }

  /** How many superslabs were ever taken from the reservation. */
  public int superslabCount() {
    return superslabEnd() - firstSuperslab;
  }

  /** {@link #IN_USE}, {@link #PARKED} or {@link #PURGED}. */
  public int status(int superslab) {
    return states.status(superslab);
  }

  /** Bit i is set when page i of the superslab is claimed. */
  public int claimed(int superslab) {
    return states.claimed(superslab);
  }

  /** Bit i is set when page i of the superslab may have memory behind it. */
  public int touched(int superslab) {
    return states.touched(superslab);
  }

  /** The pages of a superslab that were claimed since the last call, as bits, more or less. */
  int takeUsed(int superslab) {
    return states.takeUsed(superslab);
  }

  /** The number of the superslab that {@code page} is in. */
  static int superslabOf(int page) {
    return page >>> SUPERSLAB_UNITS_SHIFT; // a ref is unsigned: shifts, no division
  }

  /** How many pages there are from {@code page} to the end of its superslab. */
  public static int pagesToEnd(int page) {
    return PAGES - ((page >>> PAGE_UNITS_SHIFT) & (PAGES - 1));
  }

  /** The ref of page {@code index} of a superslab. */
  public int pageAt(int superslab, int index) {
    return pageOf(superslab, index);
  }

  static int pageOf(int superslab, int index) {
    return (superslab << SUPERSLAB_UNITS_SHIFT) + (index << PAGE_UNITS_SHIFT);
  }
}
