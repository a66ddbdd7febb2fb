package hak.store.life;

import hak.store.StoreCorruptException;
import hak.store.file.CrashPoint;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.process.ProcessTable;
import hak.store.slots.NameIndex;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import hak.store.space.FreeSpace;
import hak.store.space.KeptSpace;

/** Gives slots and their space back, under the store's lock and in the midst of a change. */
public final class Reclaimer {
  private final Region region;
  private final Slots slots;
  private final ProcessTable processes;
  private final FreeSpace space;
  private final NameIndex names;
  private final KeptSpace kept;
  private final CrashPoint crash;
  private final int self;
  private int mostFreed;

  public Reclaimer(Tables tables, KeptSpace kept, int self, CrashPoint crash) {
    this.kept = kept;
    this.self = self;
    this.crash = crash;
    region = tables.region();
    slots = tables.slots();
    processes = tables.processes();
    space = tables.space();
    names = tables.names();
  }

  /** Frees a deleted object, unless somebody reads it: then the last reader does. */
  private boolean freeUnlessPinned(int slot, long deleting) {
    return processes.pins(slot) == 0 && free(slot, deleting);
  }

  /** Frees a slot; false when it does not have that word any more. */
  private boolean free(int slot, long word) {
    if (!slots.casWord(slot, word, StateWord.of(StateWord.FREE, 0, StateWord.generation(word)))) {
      return false;
    }
    crash.reached();
    int extent = slots.extent(slot);
    if (slots.units(slot) > 0) {
      if (space.table().slot(extent) != slot) {
        throw new StoreCorruptException("extent " + extent + " is not that of slot " + slot);
      }
      int free = space.release(extent);
      mostFreed = Math.max(mostFreed, space.table().length(free));
    }
    crash.reached();
    slots.free().give(slot);
    region.putInt(StoreHeader.OBJECTS, region.getInt(StoreHeader.OBJECTS) - 1);
    return true;
  }

  /**
   * Deletes a sealed object that has one reference and that nobody reads; false when it is not one,
   * or is read. It is pinned meanwhile, so that the slot is no other object's when the reference is
   * dropped.
   */
  boolean evict(int slot) {
    processes.pin(self, slot, 1);
    long word = slots.word(slot);
    long deleting = StateWord.of(StateWord.DELETING, self, StateWord.generation(word));
    boolean evicted =
        StateWord.state(word) == StateWord.SEALED
            && processes.pins(slot) == 1
            && slots.casReferences(slot, 1, 0);
    crash.reached();
    evicted = evicted && slots.casWord(slot, word, deleting);
    crash.reached();
    processes.pin(self, slot, -1);
    if (evicted) {
      region.putLong(StoreHeader.EVICTIONS, region.getLong(StoreHeader.EVICTIONS) + 1);
    }
    long now = slots.word(slot);
    // Who deleted it meanwhile left it to the last pin.
    return StateWord.state(now) == StateWord.DELETING && freeDeleted(slot, now) && evicted;
  }

  /** Takes the name of a deleted object out and frees it, unless somebody reads it. */
  boolean freeDeleted(int slot, long deleting) {
    if (slots.hasName(slot)) {
      names.remove(slot);
    }
    crash.reached();
    return freeUnlessPinned(slot, deleting);
  }

  /**
   * The longest free stretch that came to be by this process since this was asked last; under the
   * lock.
   */
  public int takeMostFreed() {
    int most = mostFreed;
    mostFreed = 0;
    return most;
  }

  /** Frees what this process keeps for this thread. */
  void freeKeptOfThisThread() {
    kept.drainOwn(this::free);
  }

  /** Frees what this process keeps. */
  public void freeOwnKept() {
    kept.drainAll(this::free);
  }

  /** Frees what any process keeps, after a look at all slots if one says that it keeps some. */
  public void freeAllKept() {
    if (!processes.clearKeeps()) {
      return;
    }
    for (int slot = 0; slot < slots.count(); slot++) {
      long word = slots.word(slot);
      if (StateWord.is(StateWord.KEPT, word)) {
        free(slot, word);
      }
    }
  }
}
