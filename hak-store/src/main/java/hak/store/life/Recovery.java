package hak.store.life;

import hak.store.StoreCorruptException;
import hak.store.file.CrashPoint;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.file.Units;
import hak.store.process.ProcessTable;
import hak.store.slots.NameIndex;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import hak.store.space.FreeSpace;
import java.util.Arrays;

/**
 * Builds all bookkeeping anew from the slot table: free space, name index, free slots, counts. Run
 * under the store's lock, after a process died or a change was left unfinished.
 *
 * <h2>Why this is enough</h2>
 *
 * What exists is said by the state words of the slots alone, each changed by one atomic write:
 *
 * <ul>
 *   <li>ALLOCATED: the object of a producer. Its owner is dead: it goes. Its owner lives: it stays.
 *   <li>SEALED: stays, unless its last reference was dropped and the dropper died before deleting,
 *       or another took its name ({@link Replacement}).
 *   <li>DELETING: goes once no living process has a pin on it.
 *   <li>MOVING: the move is finished, from how far it came ({@link Mover}); then as SEALED.
 *   <li>KEPT: goes; who kept it finds that when it wants to use it.
 *   <li>FREE: whatever else is written in the slot means nothing.
 * </ul>
 *
 * A slot that stays may go on to another state meanwhile, but not to FREE, and it keeps its place.
 *
 * <p>Everything else is a function of that, so it does not matter where in a change a process died.
 * Pins are rows of a process, so those of the dead are cleared at once. The entry of a dead process
 * is freed last: as long as this is not finished it stays dead, and the next taker of the lock
 * begins again and comes to the same end.
 */
public final class Recovery {
  private static final String CURE =
      "; `verify --repair` keeps what is whole and says what it drops";

  private final Tables tables;
  private final Region region;
  private final Units measure;
  private final Slots slots;
  private final ProcessTable processes;
  private final FreeSpace space;
  private final NameIndex names;
  private final CrashPoint crash;

  public Recovery(Tables tables, CrashPoint crash) {
    this.tables = tables;
    this.crash = crash;
    region = tables.region();
    measure = tables.header().units();
    slots = tables.slots();
    processes = tables.processes();
    space = tables.space();
    names = tables.names();
  }

  /**
   * The rebuild, from the begin of a change to where its end may be declared.
   *
   * @throws StoreCorruptException when slots contradict each other; the change stays unfinished
   */
  public void rebuild() {
    finishMove();
    // Before the slots are looked at: who leaves one behind after that says so again.
    region.putIntVolatile(StoreHeader.UNFINISHED, 0);
    boolean[] dead = new boolean[processes.count()];
    for (int process = 0; process < dead.length; process++) {
      dead[process] = processes.isDead(process);
      if (dead[process]) {
        processes.clearPins(process);
      } else if (processes.isTaken(process)) {
        processes.countEntries(process + 1);
      }
    }
    crash.reached();
    if (!slots.rows().isSound()) {
      slots.rows().slots(slots.rows().covering(highestUsed()));
    }
    Replacement.finish(region, slots);
    long[] extents = sweep(dead);
    crash.reached();
    rebuildSpace(extents);
    crash.reached();
    rebuildNamesAndSlots();
    if (region.getLong(StoreHeader.COMMITTED) > 0) {
      // Not the first one of a new store, which builds what never was.
      region.putLong(StoreHeader.RECOVERIES, region.getLong(StoreHeader.RECOVERIES) + 1);
    }
    crash.reached();
    for (int process = 0; process < dead.length; process++) {
      if (dead[process]) {
        processes.unregister(process);
      }
    }
  }

  /** Ends the move of an object that a dead process had begun; under the lock. */
  public void finishMove() {
    new Mover.Journal(tables, crash).finish();
  }

  private int highestUsed() {
    int slot = slots.count() - 1;
    while (slot > 0 && slots.word(slot) == 0) {
      slot--;
    }
    return slot;
  }

  /** Whether an object was deleted and is not read any more, but still has its space. */
  public boolean hasUnfinishedDeletion() {
    for (int slot = 0; slot < slots.count(); slot++) {
      if (StateWord.is(StateWord.DELETING, slots.word(slot)) && processes.pins(slot) == 0) {
        return true;
      }
    }
    return false;
  }

  /** Frees what must go; returns start unit and slot of what stays and has data, in one long. */
  private long[] sweep(boolean[] dead) {
    long[] extents = new long[slots.count()];
    int count = 0;
    for (int slot = 0; slot < slots.count(); slot++) {
      if (freeUnlessItStays(slot, dead)) {
        long offset = slots.offset(slot);
        long length = slots.reserved(slot);
        if (!isInside(offset, length) || !slots.isLengthSound(slot)) {
          throw damaged(
              slot, "claims bytes " + offset + "+" + slots.length(slot) + " of " + length);
        }
        if (length > 0) {
          extents[count++] = measure.at(offset) << SlotRef.SLOT_BITS | slot;
        }
      }
    }
    long[] sorted = Arrays.copyOf(extents, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Whether there is an object in the slot that stays. */
  private boolean freeUnlessItStays(int slot, boolean[] dead) {
    while (true) {
      long word = slots.word(slot);
      if (slots.isWiped(slot, word)) {
        throw damaged(slot, "was wiped");
      }
      if (StateWord.state(word) == StateWord.FREE) {
        return false;
      }
      if (stays(slot, word, dead)) {
        return true;
      }
      if (slots.casWord(slot, word, StateWord.of(StateWord.FREE, 0, StateWord.generation(word)))) {
        return false;
      }
    }
  }

  private static StoreCorruptException damaged(int slot, String what) {
    return new StoreCorruptException("slot " + slot + " " + what + CURE);
  }

  private boolean stays(int slot, long word, boolean[] dead) {
    return switch (StateWord.state(word)) {
      case StateWord.ALLOCATED -> {
        int owner = StateWord.owner(word);
        yield owner < dead.length && processes.isTaken(owner) && !dead[owner];
      }
      case StateWord.SEALED -> {
        int references = slots.references(slot);
        if (references == Slots.DAMAGED) {
          throw damaged(slot, "has a damaged count of references");
        }
        long deleting = StateWord.of(StateWord.DELETING, 0, StateWord.generation(word));
        yield references > 0 || !slots.casWord(slot, word, deleting) || processes.pins(slot) > 0;
      }
      case StateWord.DELETING -> processes.pins(slot) > 0;
      case StateWord.KEPT -> false;
      default -> throw damaged(slot, "has no known state");
    };
  }

  private boolean isInside(long offset, long length) {
    long committed = region.getLong(StoreHeader.COMMITTED);
    return offset >= 0
        && length >= 0
        && length <= committed
        && offset <= committed - length
        && measure.isBegin(offset);
  }

  private void rebuildSpace(long[] extents) {
    space.clear();
    int end = 0;
    int slotMask = (1 << SlotRef.SLOT_BITS) - 1;
    for (long word : extents) {
      int slot = (int) word & slotMask;
      int start = (int) (word >>> SlotRef.SLOT_BITS);
      if (start < end) {
        throw damaged(slot, "overlaps another");
      }
      int units = slots.units(slot);
      slots.extent(slot, space.restore(start, units, slot));
      end = start + units;
    }
    space.restoreEnd();
  }

  private void rebuildNamesAndSlots() {
    names.clear();
    slots.free().takeAll();
    int objects = 0;
    for (int slot = 0; slot < slots.count(); slot++) {
      int state = StateWord.state(slots.word(slot));
      if (state == StateWord.FREE) {
        slots.free().give(slot);
        continue;
      }
      objects++;
      if (slots.units(slot) == 0) {
        slots.extent(slot, FreeSpace.NONE);
      }
      if (slots.hasName(slot) && state != StateWord.DELETING) {
        names.insert(slot);
      }
    }
    region.putInt(StoreHeader.OBJECTS, objects);
  }
}
