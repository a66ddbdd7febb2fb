package hak.store.check;

import hak.store.file.Units;
import hak.store.life.Tables;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the slots claim together: no two objects have the same space or the same name. Where two do,
 * one of them is damaged, and what speaks for each is weighed.
 *
 * <p>Sound objects, nearly all, are kept as one long each: start unit and slot.
 */
final class Claims {
  private static final int SLOT_MASK = (1 << SlotRef.SLOT_BITS) - 1;

  private final Units units;
  private final Slots slots;
  private final Witnesses witnesses;
  private final Map<Integer, Verdict> special = new TreeMap<>();
  private long[] places;
  private int count;

  Claims(Tables tables, Witnesses witnesses) {
    this.witnesses = witnesses;
    units = tables.header().units();
    slots = tables.slots();
    places = new long[slots.count()];
  }

  void add(Verdict verdict) {
    if (verdict.keepsItsPlace() && verdict.units() > 0) {
      if (count == places.length) {
        places = Arrays.copyOf(places, count + count / 2 + 1); // The tables grew meanwhile.
      }
      places[count++] = units.at(verdict.offset()) << SlotRef.SLOT_BITS | verdict.slot();
    }
    if (!verdict.why().isEmpty()) {
      special.put(verdict.slot(), verdict);
    }
  }

  /** Decides who has what, after all were added. */
  void settle() {
    Arrays.sort(places, 0, count);
    Verdict last = null;
    for (int i = 0; i < count; i++) {
      Verdict next = verdict((int) places[i] & SLOT_MASK);
      boolean apart = last == null || last.endUnit(units) <= units.at(next.offset());
      last = apart || haveChanged(last, next) ? next : settle(last, next);
    }
    for (Verdict verdict : List.copyOf(special.values())) {
      if (verdict.fate() == Verdict.Fate.RESTORED && isNamedAsAnother(verdict)) {
        special.put(verdict.slot(), verdict.butLost("another object has its name"));
      }
    }
  }

  private Verdict verdict(int slot) {
    Verdict known = special.get(slot);
    if (known != null) {
      return known;
    }
    long word = slots.word(slot);
    Verdict.Fate fate =
        StateWord.state(word) == StateWord.SEALED ? Verdict.Fate.SOUND : Verdict.Fate.IN_USE;
    return new Verdict(fate, slot, word, slots.offset(slot), slots.units(slot), "");
  }

  /** Two that overlap may be one after the other, when the store is in use. */
  private boolean haveChanged(Verdict one, Verdict other) {
    return slots.word(one.slot()) != one.word() || slots.word(other.slot()) != other.word();
  }

  /** Settles an overlap; returns the one that reaches farther of what stays. */
  private Verdict settle(Verdict before, Verdict after) {
    int needed = before.fate() == Verdict.Fate.IN_USE ? before.units() : needed(before);
    if (units.at(before.offset()) + needed <= units.at(after.offset())) {
      special.put(before.slot(), before.shrunk(needed));
      return after;
    }
    boolean beforeStays = weight(before) >= weight(after);
    Verdict stays = beforeStays ? before : after;
    Verdict goes = beforeStays ? after : before;
    String why = "it overlaps slot " + stays.slot();
    special.put(
        goes.slot(),
        goes.fate() == Verdict.Fate.IN_USE
            ? goes.butBlocked("it is in use, but overlaps slot " + stays.slot())
            : goes.butLost(why));
    return stays;
  }

  private int needed(Verdict verdict) {
    return units.of(slots.length(verdict.slot()));
  }

  /** What speaks for a claim: the checksum, then a row without damage, then the bookkeeping. */
  private int weight(Verdict verdict) {
    int checked = verdict.fate() == Verdict.Fate.IN_USE ? 0 : 4;
    int sound = verdict.why().isEmpty() ? 2 : 0;
    return checked + sound + (witnesses.offset(verdict.slot()) == verdict.offset() ? 1 : 0);
  }

  /** Whether there is an object of that name beside one whose state is damaged. */
  private boolean isNamedAsAnother(Verdict verdict) {
    int slot = verdict.slot();
    byte[] name = slots.name(slot);
    if (StateWord.state(verdict.word()) == StateWord.SEALED || name.length == 0) {
      return false;
    }
    for (int other = 0; other < slots.count(); other++) {
      Verdict judged = special.get(other);
      boolean stays = judged == null || judged.keepsItsPlace();
      if (other != slot
          && stays
          && StateWord.state(slots.word(other)) == StateWord.SEALED
          && Arrays.equals(name, slots.name(other))) {
        return true;
      }
    }
    return false;
  }

  /** Whether something of a slot is not as it should be. */
  boolean isSpecial(int slot) {
    return special.containsKey(slot);
  }

  /** What is not as it should be, by slot. */
  Collection<Verdict> special() {
    return special.values();
  }

  /** Where the last of what stays ends, in bytes from the begin of the data space. */
  long neededBytes() {
    long end = 0;
    for (int i = 0; i < count; i++) {
      Verdict verdict = verdict((int) places[i] & SLOT_MASK);
      end = verdict.keepsItsPlace() ? Math.max(end, verdict.endUnit(units)) : end;
    }
    return units.bytes(end);
  }
}
