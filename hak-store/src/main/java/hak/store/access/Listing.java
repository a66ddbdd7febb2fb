package hak.store.access;

import hak.store.ObjectInfo;
import hak.store.life.Tables;
import hak.store.slots.Names;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The objects of a store, each as it was when it was looked at. */
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
                  Instant.ofEpochMilli(slots.created(slot)))
              : null;
      if (slots.word(slot) == word) {
        return info;
      }
    }
  }
}
