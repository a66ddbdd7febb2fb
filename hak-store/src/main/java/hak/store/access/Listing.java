package hak.store.access;

import hak.store.ObjectInfo;
import hak.store.StoreProcess;
import hak.store.life.Tables;
import hak.store.process.ProcessTable;
import hak.store.slots.Names;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The objects and the processes of a store, each as it was when it was looked at. */
final class Listing {
  private Listing() {}

  /** Those whose names begin so; all when it is empty. */
  static List<ObjectInfo> of(Tables tables, byte[] prefix) {
    List<ObjectInfo> objects = new ArrayList<>();
    for (int slot = 0; slot < tables.slots().count(); slot++) {
      ObjectInfo info = info(tables, slot, prefix);
      if (info != null) {
        objects.add(info);
      }
    }
    return objects;
  }

  /** Those that live, in the order of their entries. */
  static List<StoreProcess> processes(Tables tables) {
    ProcessTable table = tables.processes();
    List<StoreProcess> processes = new ArrayList<>();
    for (int process = 0; process < table.everTaken(); process++) {
      int pid = table.pid(process);
      if (pid != 0 && !table.isGone(process)) {
        processes.add(
            new StoreProcess(
                pid,
                table.isOwn(process),
                table.views(process),
                table.waits(process),
                table.lostViews(process)));
      }
    }
    return processes;
  }

  /** The object in that slot, null when there is none, or none whose name begins so. */
  private static ObjectInfo info(Tables tables, int slot, byte[] prefix) {
    Slots slots = tables.slots();
    while (true) {
      long word = slots.word(slot);
      int state = StateWord.state(word);
      boolean sealed = state == StateWord.SEALED || state == StateWord.MOVING;
      boolean listed = sealed || state == StateWord.ALLOCATED;
      if (!listed || StateWord.generation(word) == 0) {
        return null;
      }
      ObjectInfo info =
          slots.isNamedFrom(slot, prefix)
              ? new ObjectInfo(
                  SlotRef.of(slot, StateWord.generation(word)),
                  Names.decode(slots.name(slot)),
                  slots.length(slot),
                  slots.references(slot),
                  tables.processes().pins(slot),
                  sealed,
                  Instant.ofEpochMilli(slots.created(slot)),
                  slots.metadata(slot))
              : null;
      if (slots.word(slot) == word) {
        return info;
      }
    }
  }
}
