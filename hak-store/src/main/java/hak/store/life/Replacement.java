package hak.store.life;

import hak.store.DuplicateNameException;
import hak.store.ObjectRef;
import hak.store.StoreCorruptException;
import hak.store.copy.Checksum;
import hak.store.file.CrashPoint;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.process.Waits;
import hak.store.slots.NameIndex;
import hak.store.slots.Names;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;

/**
 * Gives a name to a new object and takes it from the one that had it, as one step for all who look:
 * at any time there is one object of that name, the old or the new.
 *
 * <p>Under the store's lock, and in the midst of a change, so that a reader without the lock looks
 * again:
 *
 * <pre>
 * 1 old and new noted in the header
 * 2 new: ALLOCATED -> SEALED       from here on it counts, whoever dies
 * 3 new: first in the chain of its name
 * 4 old: SEALED -> DELETING        and out of the chain
 * 5 the note is removed
 * </pre>
 *
 * <p>Who dies after 2 leaves two sealed objects of one name, and the note, by which {@link
 * Recovery} takes step 4. What the note says counts only if the new one was sealed and both have
 * the same name.
 */
public final class Replacement {
  private final Region region;
  private final Slots slots;
  private final NameIndex names;
  private final Waits waits;
  private final SoundLock lock;
  private final Reclaimer reclaimer;
  private final Allocation allocation;
  private final UseClock clock;
  private final IdlePurge purge;
  private final CrashPoint crash;
  private final int self;

  public Replacement(
      Tables tables,
      SoundLock lock,
      Reclaimer reclaimer,
      Allocation allocation,
      UseClock clock,
      IdlePurge purge,
      int self,
      CrashPoint crash) {
    this.lock = lock;
    this.reclaimer = reclaimer;
    this.allocation = allocation;
    this.clock = clock;
    this.purge = purge;
    this.self = self;
    this.crash = crash;
    region = tables.region();
    slots = tables.slots();
    names = tables.names();
    waits = tables.waits();
  }

  /**
   * Seals an object without a name that this process allocated and filled, under a name.
   *
   * @throws DuplicateNameException when an object of that name is being written; the new one is
   *     still ALLOCATED
   */
  public void seal(ObjectRef fresh, byte[] name, int dataSum) {
    int slot = SlotRef.slot(fresh);
    int sum = Checksum.finish(dataSum, slots.length(slot), SlotRef.generation(fresh), name);
    int freed;
    lock.lockForNew();
    try {
      ObjectRef old = allocation.findNamed(name);
      if (old != null && !isSealed(old)) {
        throw new DuplicateNameException(
            "an object named " + Names.decode(name) + " is being written");
      }
      clock.use(slot);
      slots.checksum(slot, sum);
      lock.beginChange();
      crash.reached();
      slots.name(slot, name);
      note(fresh, old);
      sealFirst(fresh);
      if (old != null) {
        delete(old);
      }
      note(null, null);
      crash.reached();
      lock.endChange();
      freed = reclaimer.takeMostFreed();
    } finally {
      lock.unlock();
    }
    crash.reached();
    purge.freed(freed);
    waits.wake(slot);
    waits.wake(Names.hash(name));
  }

  private boolean isSealed(ObjectRef ref) {
    return slots.word(SlotRef.slot(ref)) == StateWord.sealed(ref);
  }

  private void note(ObjectRef fresh, ObjectRef old) {
    region.putLongVolatile(StoreHeader.REPLACED, old == null ? 0 : old.value());
    region.putLongVolatile(StoreHeader.REPLACING, old == null ? 0 : fresh.value());
    crash.reached();
  }

  private void sealFirst(ObjectRef fresh) {
    int slot = SlotRef.slot(fresh);
    long allocated = StateWord.of(StateWord.ALLOCATED, self, SlotRef.generation(fresh));
    if (!slots.casWord(slot, allocated, StateWord.sealed(fresh))) {
      throw new StoreCorruptException(fresh + " was taken from its producer");
    }
    crash.reached();
    names.insert(slot);
    crash.reached();
  }

  /** Deletes the old one, unless somebody did just now. */
  private void delete(ObjectRef old) {
    int slot = SlotRef.slot(old);
    long deleting = StateWord.of(StateWord.DELETING, self, SlotRef.generation(old));
    slots.casWord(slot, StateWord.sealed(old), deleting);
    crash.reached();
    if (slots.word(slot) == deleting) {
      reclaimer.freeDeleted(slot, deleting);
    }
    crash.reached();
  }

  /** Ends what a dead process began; in the midst of a rebuild, before slots are freed. */
  static void finish(Region region, Slots slots) {
    long fresh = region.getLongVolatile(StoreHeader.REPLACING);
    long replaced = region.getLongVolatile(StoreHeader.REPLACED);
    if (fresh > 0 && replaced > 0) {
      finish(slots, new ObjectRef(fresh), new ObjectRef(replaced));
    }
    region.putLongVolatile(StoreHeader.REPLACING, 0);
  }

  private static void finish(Slots slots, ObjectRef fresh, ObjectRef replaced) {
    int slot = SlotRef.slot(fresh);
    int old = SlotRef.slot(replaced);
    if (slot >= slots.count() || old >= slots.count() || slot == old) {
      return; // The note is damaged.
    }
    long word = slots.word(slot);
    // It may have been deleted, by its ref, since it was sealed.
    boolean wasSealed =
        StateWord.generation(word) == SlotRef.generation(fresh)
            && (StateWord.state(word) == StateWord.SEALED
                || StateWord.state(word) == StateWord.DELETING);
    if (wasSealed && slots.hasSameName(slot, old)) {
      long deleting = StateWord.of(StateWord.DELETING, 0, SlotRef.generation(replaced));
      slots.casWord(old, StateWord.sealed(replaced), deleting);
    }
  }
}
