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

  static List<ObjectInfo> of(Tables tables) {
    List<ObjectInfo> objects = new ArrayList<>();
    for (int slot = 0; slot < tables.slots().count(); slot++) {
      ObjectInfo info = info(tables, slot);
      if (info != null) {
        objects.add(info);
      }
    }
    return objects;
  }

  /** The object in that slot, null when there is none. */
  private static ObjectInfo info(Tables tables, int slot) {
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
          new ObjectInfo(
              SlotRef.of(slot, StateWord.generation(word)),
              Names.decode(slots.name(slot)),
              slots.length(slot),
              slots.references(slot),
              tables.processes().pins(slot),
              sealed,
              Instant.ofEpochMilli(slots.created(slot)));
      if (slots.word(slot) == word) {
        return info;
      }
    }
  }
}
