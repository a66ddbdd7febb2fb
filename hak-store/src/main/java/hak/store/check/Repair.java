package hak.store.check;

import hak.store.StoreAccessException;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.life.Recovery;
import hak.store.life.Tables;
import hak.store.process.ProcessTable;
import hak.store.process.SharedLock;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import hak.store.space.ExtentTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores the objects of an open store whose checksums hold, drops those that cannot be had any
 * more, says each, and builds the rest anew. Nothing is dropped that somebody reads or writes: then
 * it is refused, and nothing was changed.
 */
public final class Repair {
  /** No process entry. */
  public static final int NOBODY = -1;

  private static final int PAGE = 4096;

  private final Tables tables;
  private final Region region;
  private final Slots slots;
  private final ProcessTable processes;
  private final SharedLock lock;
  private final Recovery recovery;
  private final int self;
  private final int writer;
  private final List<String> repairs = new ArrayList<>();

  /**
   * A repair by one process.
   *
   * @param self its entry
   * @param writer the same when it may be writing objects, else {@link #NOBODY}
   */
  public Repair(Tables tables, SharedLock lock, Recovery recovery, int self, int writer) {
    this.self = self;
    this.writer = writer;
    this.tables = tables;
    this.lock = lock;
    this.recovery = recovery;
    region = tables.region();
    slots = tables.slots();
    processes = tables.processes();
  }

  /**
   * Returns what was changed, one line each; nothing when nothing is wrong.
   *
   * @throws StoreAccessException when a living process reads or writes what would be dropped
   */
  public List<String> run() {
    lock.lock();
    try {
      clearPinsOfTheDead();
      recovery.finishMove();
      Inspection inspection = Inspection.underLock(tables);
      if (inspection.report().findings().isEmpty() && !recovery.hasUnfinishedDeletion()) {
        return repairs;
      }
      inspection.special().forEach(verdict -> refuseInUse(verdict, inspection));
      lock.beginChange();
      long newest = newestGeneration();
      inspection.special().forEach(verdict -> apply(verdict, newest, inspection));
      mendGenerations(newest);
      mendCommitted(inspection.neededBytes());
      recovery.rebuild();
      lock.endChange();
      inspection.unfinished().forEach(what -> repairs.add("finished " + what));
      repairs.add("rebuilt the bookkeeping");
    } finally {
      lock.unlock();
    }
    tables.waits().wakeEverybody();
    return repairs;
  }

  private void clearPinsOfTheDead() {
    for (int process = 0; process < processes.count(); process++) {
      if (processes.isDead(process)) {
        processes.clearPins(process);
      }
    }
  }

  private void refuseInUse(Verdict verdict, Inspection inspection) {
    boolean dropped = verdict.fate() == Verdict.Fate.LOST || verdict.fate() == Verdict.Fate.TIDIED;
    boolean refused =
        dropped
            ? processes.pins(verdict.slot()) > 0 || isWritten(verdict.word())
            : verdict.fate() == Verdict.Fate.IN_USE;
    if (refused) {
      throw new StoreAccessException(
          inspection.describe(verdict.slot())
              + ": "
              + verdict.why()
              + "; it is read or written by a process that lives, so nothing was repaired: close"
              + " its views, or end the process, and repair again");
    }
  }

  /** Whether a living process writes the object, if one bit of its state may be wrong. */
  private boolean isWritten(long word) {
    int owner = StateWord.owner(word);
    return StateWord.distance(StateWord.ALLOCATED, word) <= 1
        && (owner == self ? owner == writer : !processes.isGone(owner));
  }

  private void apply(Verdict verdict, long newest, Inspection inspection) {
    int slot = verdict.slot();
    String object = inspection.describe(slot);
    long generation = StateWord.generation(verdict.word());
    if (verdict.fate() == Verdict.Fate.RESTORED) {
      slots.place(slot, verdict.offset(), verdict.units());
      if (!slots.isNameSound(slot)) {
        slots.mendName(slot);
      }
      if (slots.references(slot) == Slots.DAMAGED) {
        slots.references(slot, 1);
      }
      // Or not at all, when it was deleted just now.
      slots.casWord(slot, verdict.word(), StateWord.of(StateWord.SEALED, 0, generation));
      repairs.add("restored " + object + ": " + verdict.why());
    } else if (slots.casWord(slot, verdict.word(), StateWord.of(StateWord.FREE, 0, newest))) {
      slots.checksum(slot, 0);
      boolean lost = verdict.fate() == Verdict.Fate.LOST;
      repairs.add(lost ? "dropped " + object : "tidied " + object + ": " + verdict.why());
    }
  }

  /**
   * A generation that no object is beyond: what is dropped gets it, for its own may be damaged, so
   * that no ref of before names another object.
   */
  private long newestGeneration() {
    long newest = 1;
    for (int slot = 0; slot < slots.count(); slot++) {
      long word = slots.word(slot);
      if (StateWord.state(word) != StateWord.DAMAGED) {
        newest = Math.max(newest, StateWord.generation(word));
      }
    }
    return newest;
  }

  /** A slot below one that was in use was in use: what was wiped says so again. */
  private void mendGenerations(long newest) {
    boolean used = false;
    for (int slot = slots.count() - 1; slot >= 0; slot--) {
      long word = slots.word(slot);
      if (used && word == 0) {
        slots.casWord(slot, word, StateWord.of(StateWord.FREE, 0, newest));
      }
      used |= StateWord.generation(word) > 0;
    }
  }

  /** The length of the data space: as the extents say, unless objects reach farther. */
  private void mendCommitted(long objectBytes) {
    long needed = StoreHeader.align(objectBytes, PAGE);
    long written = region.getLong(StoreHeader.COMMITTED);
    long listed = endOfExtents();
    long sound =
        isLength(listed) && listed >= needed
            ? listed
            : isLength(written) && written >= needed ? written : needed;
    if (sound != written) {
      region.putLongVolatile(StoreHeader.COMMITTED, sound);
      repairs.add("set the length of the data space from " + written + " to " + sound + " bytes");
    }
  }

  private boolean isLength(long bytes) {
    return bytes >= 0 && bytes <= tables.header().capacityBytes() && bytes % PAGE == 0;
  }

  /** Where the last extent ends, -1 when that makes no sense. */
  private long endOfExtents() {
    ExtentTable table = tables.space().table();
    int last = region.getInt(StoreHeader.LAST_EXTENT);
    if (last < 0 || last >= tables.header().extentCount()) {
      return -1;
    }
    return tables.header().units().bytes((long) table.start(last) + table.lengthRaw(last));
  }
}
