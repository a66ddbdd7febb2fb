package hak.store.check;

import hak.store.life.Recovery;
import hak.store.life.Tables;
import hak.store.process.SharedLock;
import hak.store.slots.Slots;
import java.util.ArrayList;
import java.util.List;

/** Drops the objects of an open store that are damaged and rebuilds the rest. */
public final class Repair {
  private final Tables tables;
  private final SharedLock lock;
  private final Recovery recovery;
  private final List<String> repairs = new ArrayList<>();

  public Repair(Tables tables, SharedLock lock, Recovery recovery) {
    this.tables = tables;
    this.lock = lock;
    this.recovery = recovery;
  }

  /** Returns what was changed, one line each; nothing when nothing is wrong. */
  public List<String> run() {
    lock.lock();
    try {
      Inspection inspection = Inspection.underLock(tables);
      if (inspection.report().findings().isEmpty() && !recovery.hasUnfinishedDeletion()) {
        return repairs;
      }
      lock.beginChange();
      inspection.lost().stream().forEach(slot -> drop(slot, inspection));
      recovery.rebuild();
      lock.endChange();
      repairs.add("rebuilt the bookkeeping");
    } finally {
      lock.unlock();
    }
    tables.waits().wakeEverybody();
    return repairs;
  }

  private void drop(int slot, Inspection inspection) {
    repairs.add("dropped " + inspection.describe(slot));
    long generation = Slots.generation(tables.slots().word(slot));
    tables.slots().word(slot, Slots.word(Slots.FREE, 0, generation));
  }
}
