package hak.core.memory;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Where superslabs come from and where empty ones go.
 *
 * <pre>
 *   take:    the sources, first named first asked       retire:  the sources, within the budget
 *            one that was purged                                 purge: its memory goes, it stays here
 *            one more of the reservation
 * </pre>
 *
 * <p>Any thread may call. What is purged and how far the reservation is taken is under one lock,
 * which a thread meets once for each 2 MiB.
 */
final class SuperslabSupply {
  private static final PageRuns.Source[] NO_SOURCES = {};

  private final Memory memory;
  private final Reservation reservation;
  private final SuperslabStates states;
  private final ReentrantLock growth = new ReentrantLock();
  private final int[] purged;
  private int purgedCount;
  private PageRuns.Source[] sources = NO_SOURCES;
  private KeepShare kept = KeepBudget.none().superslabs();

  /**
   * Whom to tell that there is one superslab more, or that this is closed; null = nobody. Needs no
   * Java heap and little stack.
   */
  private volatile Runnable afterGrowth;

  private volatile boolean closed;

  SuperslabSupply(Memory memory, Reservation reservation, SuperslabStates states) {
    this.memory = memory;
    this.reservation = reservation;
    this.states = states;
    this.purged = new int[reservation.superslabLimit() - reservation.firstSuperslab()];
  }

  /** Names the sources, first asked first. At composition only. */
  void connect(PageRuns.Source[] chain) {
    sources = chain.clone();
    for (PageRuns.Source source : sources) {
      source.connected();
    }
  }

  /** See {@link PageRuns#keepAtMost}. */
  void keepAtMost(KeepShare share) {
    kept = share;
  }

  /** See {@link PageRuns#tellOfGrowth}. */
  void tellOfGrowth(Runnable listener) {
    afterGrowth = listener;
  }

  /** Gives nothing from now on, and forgets what it was connected with. Needs no Java heap. */
  void close() {
    closed = true;
    if (afterGrowth != null) {
      afterGrowth.run();
    }
    kept.close();
    sources = NO_SOURCES;
    afterGrowth = null;
  }

  boolean isClosed() {
    return closed;
  }

  /** An empty superslab that a source kept, closed; -1 when there is none. */
  int takeKept() {
    for (PageRuns.Source source : sources) {
      int superslab = source.acquire();
      if (superslab >= 0) {
        kept.release(PageRuns.SUPERSLAB_BYTES);
        kept.reuse(PageRuns.SUPERSLAB_BYTES);
        return superslab;
      }
    }
    return -1;
  }

  /** An empty superslab, closed; -1 when the reservation or the limit is used up. */
  int take() {
    int superslab = takeKept();
    return superslab >= 0 ? superslab : grow();
  }

  private int grow() {
    growth.lock();
    try {
      if (purgedCount > 0 && states.status(purged[purgedCount - 1]) != PageRuns.PURGED) {
        return purged[--purgedCount]; // the system refused to purge it: it is held all along
      }
      if (!reservation.limit().tryTake(PageRuns.SUPERSLAB_BYTES)) {
        return -1;
      }
      int superslab = purgedCount > 0 ? purged[--purgedCount] : addSuperslab();
      if (superslab < 0) {
        reservation.limit().give(PageRuns.SUPERSLAB_BYTES);
      } else {
        kept.takeFresh(PageRuns.SUPERSLAB_BYTES);
        if (afterGrowth != null) {
          afterGrowth.run();
        }
      }
      return superslab;
    } finally {
      growth.unlock();
    }
  }

  /** One more from the reservation; -1 when it is used up or the system refuses memory. */
  private int addSuperslab() {
    int superslab = reservation.superslabEnd();
    return reservation.addSuperslab(() -> states.closeUntouched(superslab)) ? superslab : -1;
  }

  /** See {@link PageRuns#prepare}. */
  int prepare(boolean touch) {
    if (!kept.tryKeep(PageRuns.SUPERSLAB_BYTES)) {
      return -1;
    }
    int superslab = grow();
    if (superslab < 0) {
      kept.release(PageRuns.SUPERSLAB_BYTES);
      return -1;
    }
    if (touch) {
      int first = PageRuns.pageOf(superslab, 0);
      for (int offset = 0;
          offset < PageRuns.SUPERSLAB_BYTES;
          offset += PageRuns.SYSTEM_PAGE_BYTES) {
        memory.putLong(first, offset, 0);
      }
      states.closeTouched(superslab);
    }
    states.status(superslab, PageRuns.PARKED);
    return superslab;
  }

  /** Takes an empty superslab back, which is closed: a source keeps it, or its memory goes. */
  void retire(int superslab) {
    states.status(superslab, PageRuns.PARKED);
    if (sources.length > 0 && kept.tryKeep(PageRuns.SUPERSLAB_BYTES)) {
      for (PageRuns.Source source : sources) {
        if (source.retire(superslab)) {
          return;
        }
      }
      kept.release(PageRuns.SUPERSLAB_BYTES);
    } else if (sources.length > 0) {
      kept.giveUp(PageRuns.SUPERSLAB_BYTES);
    }
    purgeRetired(superslab);
  }

  /** See {@link PageRuns#purge}. */
  void purge(int superslab) {
    kept.release(PageRuns.SUPERSLAB_BYTES);
    purgeRetired(superslab);
  }

  private void purgeRetired(int superslab) {
    long address = memory.address(PageRuns.pageOf(superslab, 0));
    if (reservation.purge(address, PageRuns.SUPERSLAB_BYTES)) {
      reservation.limit().give(PageRuns.SUPERSLAB_BYTES);
      states.closeUntouched(superslab);
      states.status(superslab, PageRuns.PURGED);
    }
    growth.lock();
    try {
      purged[purgedCount++] = superslab;
    } finally {
      growth.unlock();
    }
  }

  /** Has the sources give back all they keep. */
  void trim() {
    for (PageRuns.Source source : sources) {
      source.trim();
    }
  }

  /** See {@link PageRuns#mayKeep}. */
  boolean mayKeep(long bytes) {
    return kept.allows(bytes);
  }

  /** See {@link PageRuns#decayExcess}. */
  int decayExcess() {
    long excess = Math.min(kept.excessBytes(), kept.ownBytes());
    int superslabs = (int) Math.ceilDiv(excess, PageRuns.SUPERSLAB_BYTES);
    int given = decay(superslabs);
    kept.giveUp((long) given << PageRuns.SUPERSLAB_SHIFT);
    return given;
  }

  /** See {@link PageRuns#decaySources}. */
  int decay(int superslabs) {
    int left = superslabs;
    for (int i = 0; i < sources.length && left > 0; i++) {
      left -= sources[i].decay(left);
    }
    return superslabs - left;
  }
}
