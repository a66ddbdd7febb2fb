package hak.store.space;

import hak.store.file.CrashPoint;
import hak.store.file.StoreHeader;
import hak.store.process.ProcessTable;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Slots and space of nameless objects that this process deleted, kept for its next ones, so that
 * whoever puts and deletes objects of like sizes needs neither the store's lock nor a line of
 * memory that other processes write.
 *
 * <h2>Concurrency</h2>
 *
 * What is kept is KEPT by this process in the slot table. The lists here only say where to look:
 * whoever changes the state by compare-and-set has the slot, this process to allocate it (KEPT to
 * ALLOCATED, next generation) or any process that needs room (KEPT to FREE, under the store's
 * lock). The generation in the word tells an old entry of a list from the slot's later lives. A
 * slot keeps its place in the data space while it is not FREE, so a rebuild by another process goes
 * on beside this.
 *
 * <p>Each thread uses one of a few lists, which is locked for some dozen loads and stores; a thread
 * that finds it taken for long goes on without.
 *
 * <h2>Objects that are only put</h2>
 *
 * Who asks for the same size again and again in vain gets more than one slot at a time from the
 * store: the rest is kept for the next calls.
 *
 * <h2>Why not wait until it is full</h2>
 *
 * Kept space is not merged with its neighbours. A process keeps a part of the store at most, gives
 * all back when it closes the store and before it lets the file grow, and larger objects are only
 * kept for objects that fit exactly.
 */
public final class KeptSpace {
  private static final int LISTS = 8;
  private static final int LIST_ENTRIES = 32;
  private static final int LIST_SPINS = 100;

  /** One list keeps at most this part of the store's data space. */
  private static final int LIST_SHARE = 64;

  /**
   * Up to this size, 64 KiB or more in larger stores, an object may get a place that is longer than
   * it needs...
   */
  private static final int SLACK_UNITS = 1024;

  /** ... by this part of its length. */
  private static final int SLACK_SHARE = 16;

  /** Up to this size, 4 KiB or more, slots are taken from the store in batches... */
  private static final int BATCH_UNITS = 64;

  /** ... of at most so many. */
  private static final int BATCH_SLOTS = 16;

  private final Slots slots;
  private final ProcessTable processes;
  private final int self;
  private final long listUnits;
  private final CrashPoint crash;
  private final KeptList[] lists = new KeptList[LISTS];

  public KeptSpace(
      Slots slots, ProcessTable processes, StoreHeader header, int self, CrashPoint crash) {
    this.slots = slots;
    this.processes = processes;
    this.self = self;
    this.crash = crash;
    listUnits = header.units().at(header.capacityBytes() / LIST_SHARE);
    for (int i = 0; i < LISTS; i++) {
      lists[i] = new KeptList();
    }
  }

  private KeptList listOfThisThread() {
    return lists[(int) Thread.currentThread().threadId() & (LISTS - 1)];
  }

  /** The most units that an object may have which needs so many. */
  public static int mostUnits(int units) {
    return units <= SLACK_UNITS ? units + units / SLACK_SHARE : units;
  }

  /** Takes a kept slot with at least so many units; it is then ALLOCATED. -1 when there is none. */
  public int take(int units) {
    int most = mostUnits(units);
    KeptList list = listOfThisThread();
    while (true) {
      long word;
      int slot;
      if (!list.lock()) {
        return -1;
      }
      try {
        int at = list.find(units, most);
        if (at < 0) {
          list.missed(units);
          return -1;
        }
        slot = list.slots[at];
        word = list.words[at];
        list.remove(at);
      } finally {
        list.unlock();
      }
      long generation = StateWord.nextGeneration(StateWord.generation(word));
      if (slots.casWord(slot, word, StateWord.of(StateWord.ALLOCATED, self, generation))) {
        crash.reached();
        return slot;
      }
    }
  }

  /** How many slots of that size this thread should take at once, after it found none here. */
  public int batch(int units) {
    return units <= BATCH_UNITS ? listOfThisThread().batch(units, listUnits) : 1;
  }

  /**
   * Keeps slots that were KEPT for this thread just now, under the store's lock; whoever needs them
   * finds those that it cannot keep.
   *
   * @param added the slots, of which the last is taken first
   * @param words theirs
   * @param units of each
   */
  public void add(int[] added, long[] words, int units) {
    processes.sayKeeps(self);
    KeptList list = listOfThisThread();
    if (list.lock()) {
      try {
        for (int i = 0; i < added.length && list.hasRoom(units, listUnits); i++) {
          list.add(added[i], words[i], units);
        }
      } finally {
        list.unlock();
      }
    }
  }

  /** Keeps a slot that is DELETING and not pinned; false when it must be freed instead. */
  public boolean keep(int slot, long deleting) {
    int units = slots.units(slot);
    KeptList list = listOfThisThread();
    if (units == 0 || !list.hasRoom(units, listUnits)) {
      return false;
    }
    long kept = StateWord.of(StateWord.KEPT, self, StateWord.generation(deleting));
    if (!slots.casWord(slot, deleting, kept)) {
      return true; // somebody else freed it
    }
    processes.sayKeeps(self);
    crash.reached();
    if (list.lock()) {
      try {
        if (list.hasRoom(units, listUnits)) {
          list.add(slot, kept, units);
          return true;
        }
      } finally {
        list.unlock();
      }
    }
    return !slots.casWord(slot, kept, deleting);
  }

  /** Hands over what the list of this thread has. */
  public void drainOwn(KeptSlot free) {
    listOfThisThread().drain(free);
  }

  /** Hands over what this process keeps. */
  public void drainAll(KeptSlot free) {
    for (KeptList list : lists) {
      list.drain(free);
    }
  }

  /** Told of a slot that is to be freed, if it still has that word. */
  @FunctionalInterface
  public interface KeptSlot {
    void free(int slot, long word);
  }

  /** Slots by the threads that share it, newest last. */
  private static final class KeptList {
    private final AtomicBoolean taken = new AtomicBoolean();
    private final int[] slots = new int[LIST_ENTRIES];
    private final int[] lengths = new int[LIST_ENTRIES];
    private final long[] words = new long[LIST_ENTRIES];
    private int count;
    private long units;
    private int missedUnits;
    private int misses;

    boolean lock() {
      for (int i = 0; i < LIST_SPINS; i++) {
        if (taken.compareAndSet(false, true)) {
          return true;
        }
        Thread.onSpinWait();
      }
      return false;
    }

    void unlock() {
      taken.setRelease(false);
    }

    /** A guess unless it is locked. */
    boolean hasRoom(int more, long most) {
      return count < LIST_ENTRIES && units + more <= most;
    }

    /** The newest entry whose length is in that range, -1 when there is none. */
    int find(int least, int most) {
      for (int i = count - 1; i >= 0; i--) {
        if (lengths[i] >= least && lengths[i] <= most) {
          return i;
        }
      }
      return -1;
    }

    void missed(int wanted) {
      misses = wanted == missedUnits ? Math.min(2 * misses, BATCH_SLOTS) : 1;
      missedUnits = wanted;
    }

    /** A guess, for it is not locked. */
    int batch(int wanted, long most) {
      boolean again = wanted == missedUnits && hasRoom(misses * wanted, most);
      return again ? Math.min(misses, LIST_ENTRIES - count) : 1;
    }

    void add(int slot, long word, int length) {
      slots[count] = slot;
      words[count] = word;
      lengths[count] = length;
      count++;
      units += length;
    }

    void remove(int at) {
      units -= lengths[at];
      count--;
      if (at < count) {
        System.arraycopy(slots, at + 1, slots, at, count - at);
        System.arraycopy(words, at + 1, words, at, count - at);
        System.arraycopy(lengths, at + 1, lengths, at, count - at);
      }
    }

    void drain(KeptSlot free) {
      if (lock()) {
        try {
          while (count > 0) {
            int at = count - 1;
            int slot = slots[at];
            long word = words[at];
            remove(at);
            free.free(slot, word);
          }
        } finally {
          unlock();
        }
      }
    }
  }
}
