package hak.store.check;

import hak.store.copy.Checksum;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.file.Units;
import hak.store.life.Tables;
import hak.store.process.ProcessTable;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import hak.store.space.KeptSpace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges one slot by evidence.
 *
 * <h2>Who is believed</h2>
 *
 * The checksum first: it covers data, length, generation and name, so where it holds the object is
 * what was sealed, whatever else is said of it. What the checksum does not cover is told by other
 * means: the place by the bookkeeping, the length of the space by that of the data, the state by
 * its code. Where it does not hold the object is lost, and so it is where no place is known at
 * which it would.
 *
 * <p>A row with the state FREE, or of a deleted object at a place that can be, is believed, for no
 * single bit nor a stretch of zeros makes such a state of another ({@link StateWord}); only a row
 * of nothing but zeros is not, when the bookkeeping knows of an object in it. The remains of a
 * deleted object have a checksum that holds, so where the state is damaged it is asked for too: one
 * bit beside the state of a deleted object, or listed as free, is not restored.
 */
final class SlotCheck {
  private final Region region;
  private final StoreHeader header;
  private final Units measure;
  private final Slots slots;
  private final ProcessTable processes;
  private final Witnesses witnesses;

  SlotCheck(Tables tables, Witnesses witnesses) {
    this.witnesses = witnesses;
    region = tables.region();
    header = tables.header();
    measure = header.units();
    slots = tables.slots();
    processes = tables.processes();
  }

  /** The verdict, null when the slot changed meanwhile. */
  Verdict judge(int slot) {
    long word = slots.word(slot);
    long offset = slots.offset(slot);
    Verdict verdict =
        switch (StateWord.state(word)) {
          case StateWord.FREE -> ofFree(slot, word);
          case StateWord.SEALED -> ofSealed(slot, word, new ArrayList<>());
          case StateWord.DAMAGED -> ofDamaged(slot, word);
          default -> isInUse(slot, word) ? ofUsed(slot, word) : ofRemains(slot, word);
        };
    // It may have been moved there and be as it was.
    return slots.word(slot) == word && slots.offset(slot) == offset ? verdict : null;
  }

  private Verdict ofFree(int slot, long word) {
    if (StateWord.generation(word) == 0) {
      if (witnesses.sayUsed(slot)) {
        return Verdict.lost(slot, word, "its row was wiped");
      }
      if (slots.isWiped(slot, word)) {
        return witnesses.sayFree(slot)
            ? Verdict.tidied(slot, word, "it was never used, but has a checksum")
            : Verdict.lost(slot, word, "its state was wiped");
      }
    }
    return Verdict.empty(slot, word);
  }

  /** Whether a living process writes or reads an object that is not sealed. */
  private boolean isInUse(int slot, long word) {
    return switch (StateWord.nearest(word)) {
      case StateWord.ALLOCATED -> !processes.isGone(StateWord.owner(word));
      case StateWord.DELETING -> processes.pins(slot) > 0;
      default -> false;
    };
  }

  /**
   * Of what nobody uses any more. By chance noise is such a state, but then the rest of the row is
   * noise too, or no process can be the owner.
   */
  private Verdict ofRemains(int slot, long word) {
    boolean sound = StateWord.owner(word) < processes.count() && isPlaceSound(slot);
    return sound ? Verdict.empty(slot, word) : Verdict.lost(slot, word, "its row is damaged");
  }

  private boolean isPlaceSound(int slot) {
    return isInside(slot, slots.offset(slot)) && slots.isLengthSound(slot);
  }

  private Verdict ofUsed(int slot, long word) {
    boolean sound = isPlaceSound(slot);
    return new Verdict(
        Verdict.Fate.IN_USE,
        slot,
        word,
        sound ? slots.offset(slot) : 0,
        sound ? slots.units(slot) : 0,
        sound ? "" : "it is in use, but " + place(slot));
  }

  private String place(int slot) {
    return "its data is at "
        + slots.offset(slot)
        + "+"
        + slots.length(slot)
        + ", its space has "
        + slots.reserved(slot)
        + " of "
        + header.capacityBytes();
  }

  private Verdict ofDamaged(int slot, long word) {
    int nearest = StateWord.nearest(word);
    boolean surely = StateWord.distance(nearest, word) <= 1;
    if (nearest == StateWord.FREE && witnesses.sayFree(slot)) {
      return Verdict.tidied(slot, word, "its state is damaged; it is free");
    }
    boolean remains = nearest == StateWord.DELETING || nearest == StateWord.KEPT;
    List<String> damaged = new ArrayList<>(List.of("its state"));
    Verdict sealed = ofSealed(slot, word, damaged);
    boolean restored = sealed.fate() == Verdict.Fate.RESTORED && !(remains && surely);
    return restored ? sealed : Verdict.lost(slot, word, "its state is damaged");
  }

  private Verdict ofSealed(int slot, long word, List<String> damaged) {
    long generation = StateWord.generation(word);
    if (generation == 0) {
      return Verdict.lost(slot, word, "it has generation 0");
    }
    long written = slots.offset(slot);
    long offset = written;
    // What is empty would be whole anywhere; it has no place.
    boolean empty = slots.length(slot) == 0;
    if ((empty && written != 0) || !holds(slot, generation, written)) {
      long elsewhere = empty ? 0 : witnesses.offset(slot);
      if (elsewhere == written || !holds(slot, generation, elsewhere)) {
        return Verdict.lost(slot, word, whyNot(slot, written));
      }
      damaged.add("its place");
      offset = elsewhere;
    }
    int needed = measure.of(slots.length(slot));
    int units = slots.units(slot);
    if (units < needed || units > KeptSpace.mostUnits(needed) || !fits(offset, units)) {
      damaged.add("the length of its space");
      units = needed;
    }
    if (!slots.isNameSound(slot)) {
      damaged.add("the hash of its name");
    }
    if (slots.references(slot) == Slots.DAMAGED) {
      damaged.add("its count of references");
    }
    Verdict.Fate fate = damaged.isEmpty() ? Verdict.Fate.SOUND : Verdict.Fate.RESTORED;
    return new Verdict(fate, slot, word, offset, units, String.join(", ", damaged));
  }

  private String whyNot(int slot, long offset) {
    if (!isInside(slot, offset)) {
      return place(slot);
    }
    return slots.isNameSound(slot) ? "its checksum is wrong" : "its name is damaged";
  }

  private boolean fits(long offset, int units) {
    return offset + measure.bytes(units) <= header.capacityBytes();
  }

  private boolean isInside(int slot, long offset) {
    long length = slots.length(slot);
    long capacity = header.capacityBytes();
    return offset >= 0
        && measure.isBegin(offset)
        && length >= 0
        && length <= capacity
        && offset <= capacity - length;
  }

  /** Whether the object of that generation is whole at that place. */
  private boolean holds(int slot, long generation, long offset) {
    if (!isInside(slot, offset)) {
      return false;
    }
    try {
      MemorySegment data =
          region.memory().asSlice(header.dataOffset() + offset, slots.length(slot));
      return slots.hasSum(slot, generation, Checksum.of(data));
    } catch (IndexOutOfBoundsException | InternalError e) {
      return false; // The file ends before it.
    }
  }
}
