package hak.store.life;

import hak.store.ObjectRef;
import hak.store.StoreCorruptException;
import hak.store.StoreTimeoutException;
import hak.store.file.CrashPoint;
import hak.store.process.ProcessTable;
import hak.store.process.Waits;
import hak.store.slots.Names;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import hak.store.space.KeptSpace;

/**
 * The steps of an object's life after its {@link Allocation}: sealed or given up, deleted, freed.
 * Each comes to be by one atomic write of the slot's state; what is written before it does not
 * count yet, what is written after it can be built anew.
 */
public final class Lifecycle {
  private final Slots slots;
  private final ProcessTable processes;
  private final Waits waits;
  private final SoundLock lock;
  private final KeptSpace kept;
  private final Reclaimer reclaimer;
  private final UseClock clock;
  private final IdlePurge purge;
  private final CrashPoint crash;
  private final int self;

  public Lifecycle(
      Tables tables,
      SoundLock lock,
      KeptSpace kept,
      Reclaimer reclaimer,
      UseClock clock,
      IdlePurge purge,
      int self,
      CrashPoint crash) {
    this.lock = lock;
    this.kept = kept;
    this.reclaimer = reclaimer;
    this.clock = clock;
    this.purge = purge;
    this.self = self;
    this.crash = crash;
    slots = tables.slots();
    processes = tables.processes();
    waits = tables.waits();
  }

  /** Makes an object readable. */
  public void seal(ObjectRef ref, int dataSum) {
    int slot = SlotRef.slot(ref);
    byte[] name = slots.name(slot);
    clock.use(slot);
    slots.checksum(slot, slots.finish(slot, SlotRef.generation(ref), dataSum, name));
    crash.reached();
    if (!slots.casWord(
        slot,
        StateWord.of(StateWord.ALLOCATED, self, SlotRef.generation(ref)),
        StateWord.of(StateWord.SEALED, 0, SlotRef.generation(ref)))) {
      throw new StoreCorruptException(ref + " was taken from its producer");
    }
    crash.reached();
    wake(slot, name);
  }

  private void wake(int slot, byte[] name) {
    waits.wake(slot);
    if (name.length > 0) {
      waits.wake(Names.hash(name));
    }
  }

  /** Gives an object up that was not sealed. */
  public void abandon(ObjectRef ref) {
    long allocated = StateWord.of(StateWord.ALLOCATED, self, SlotRef.generation(ref));
    long deleting = StateWord.of(StateWord.DELETING, self, SlotRef.generation(ref));
    if (slots.casWord(SlotRef.slot(ref), allocated, deleting)) {
      crash.reached();
      wake(SlotRef.slot(ref), slots.name(SlotRef.slot(ref)));
      finishDelete(SlotRef.slot(ref), deleting);
    }
  }

  /** Gives an object up because of a failure, which may be of the kind that prevents it. */
  public void abandonAfter(Throwable failure, ObjectRef ref) {
    try {
      abandon(ref);
    } catch (RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
  }

  /** Deletes a sealed object; false when there is none. */
  public boolean delete(ObjectRef ref) {
    if (!slots.hasRow(ref)) {
      return false;
    }
    long deleting = StateWord.of(StateWord.DELETING, self, SlotRef.generation(ref));
    while (!slots.casWord(SlotRef.slot(ref), StateWord.sealed(ref), deleting)) {
      long word = slots.word(SlotRef.slot(ref));
      if (StateWord.isMoving(ref, word)) {
        lock.await();
      } else if (word != StateWord.sealed(ref)) {
        return false;
      }
    }
    crash.reached();
    finishDelete(SlotRef.slot(ref), deleting);
    return true;
  }

  /** Frees or keeps a deleted object unless it is pinned; nothing when somebody else did. */
  public void finishDelete(int slot, long deleting) {
    boolean keepable = slots.isPlain(slot) && processes.pins(slot) == 0;
    if (!keepable || !kept.keep(slot, deleting)) {
      try {
        finishDeleteLocked(slot, deleting);
      } catch (StoreTimeoutException e) {
        // It is deleted; its space returns when somebody next looks for what was left behind.
        lock.leaveUnfinished();
      }
    }
  }

  private void finishDeleteLocked(int slot, long deleting) {
    int freed;
    lock.lock();
    try {
      if (slots.word(slot) == deleting) {
        lock.beginChange();
        crash.reached();
        reclaimer.freeDeleted(slot, deleting);
        reclaimer.freeKeptOfThisThread();
        crash.reached();
        lock.endChange();
      }
      crash.reached();
      freed = reclaimer.takeMostFreed();
    } finally {
      lock.unlock();
    }
    purge.freed(freed);
  }

  /** Changes the reference count of a pinned object; -1 when its last reference is gone. */
  public int addReference(ObjectRef ref, int by) {
    int references;
    do {
      references = slots.references(SlotRef.slot(ref));
      if (references == Slots.DAMAGED) {
        throw new StoreCorruptException(
            "the count of references of " + ref + " is damaged; `verify --repair` makes it 1");
      }
      if (references == Slots.MOST_REFERENCES && by > 0) {
        throw new IllegalStateException(ref + " has " + references + " references, the most");
      }
      if (references == 0) {
        return -1;
      }
    } while (!slots.casReferences(SlotRef.slot(ref), references, references + by));
    crash.reached();
    return references + by;
  }
}
