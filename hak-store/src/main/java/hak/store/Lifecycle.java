package hak.store;

/**
 * The steps of an object's life after its {@link Allocation}: sealed or given up, deleted, freed.
 * Each comes to be by one atomic write of the slot's state; what is written before it does not
 * count yet, what is written after it can be built anew.
 */
final class Lifecycle {
  private final Slots slots;
  private final ProcessTable processes;
  private final NameIndex names;
  private final Waits waits;
  private final SoundLock lock;
  private final KeptSpace kept;
  private final Reclaimer reclaimer;
  private final CrashPoint crash;
  private final int self;

  Lifecycle(
      Tables tables,
      SoundLock lock,
      KeptSpace kept,
      Reclaimer reclaimer,
      int self,
      CrashPoint crash) {
    this.lock = lock;
    this.kept = kept;
    this.reclaimer = reclaimer;
    this.self = self;
    this.crash = crash;
    slots = tables.slots();
    processes = tables.processes();
    names = tables.names();
    waits = tables.waits();
  }

  /** Makes an object readable. */
  void seal(ObjectRef ref, int dataSum) {
    int slot = ref.slot();
    byte[] name = slots.name(slot);
    long length = slots.length(slot);
    slots.checksum(slot, Checksum.finish(dataSum, length, ref.generation(), name));
    crash.reached();
    if (!slots.casWord(
        slot,
        Slots.word(Slots.ALLOCATED, self, ref.generation()),
        Slots.word(Slots.SEALED, 0, ref.generation()))) {
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
  void abandon(ObjectRef ref) {
    long allocated = Slots.word(Slots.ALLOCATED, self, ref.generation());
    long deleting = Slots.word(Slots.DELETING, self, ref.generation());
    if (slots.casWord(ref.slot(), allocated, deleting)) {
      crash.reached();
      wake(ref.slot(), slots.name(ref.slot()));
      finishDelete(ref.slot(), deleting);
    }
  }

  /** Gives an object up because of a failure, which may be of the kind that prevents it. */
  void abandonAfter(Throwable failure, ObjectRef ref) {
    try {
      abandon(ref);
    } catch (RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
  }

  /** Deletes a sealed object; false when there is none. */
  boolean delete(ObjectRef ref) {
    if (!slots.has(ref.slot())) {
      return false;
    }
    long deleting = Slots.word(Slots.DELETING, self, ref.generation());
    if (!slots.casWord(ref.slot(), Slots.sealed(ref), deleting)) {
      return false;
    }
    crash.reached();
    finishDelete(ref.slot(), deleting);
    return true;
  }

  /** Frees or keeps a deleted object unless it is pinned; nothing when somebody else did. */
  void finishDelete(int slot, long deleting) {
    boolean keepable = !slots.hasName(slot) && processes.pins(slot) == 0;
    if (!keepable || !kept.keep(slot, deleting)) {
      finishDeleteLocked(slot, deleting);
    }
  }

  private void finishDeleteLocked(int slot, long deleting) {
    lock.lock();
    try {
      if (slots.word(slot) == deleting) {
        lock.beginChange();
        crash.reached();
        if (slots.hasName(slot)) {
          names.remove(slot);
        }
        crash.reached();
        reclaimer.freeUnlessPinned(slot, deleting);
        reclaimer.freeKeptOfThisThread();
        crash.reached();
        lock.endChange();
      }
      crash.reached();
    } finally {
      lock.unlock();
    }
  }

  /** Changes the reference count of a pinned object; -1 when its last reference is gone. */
  int addReference(ObjectRef ref, int by) {
    int references;
    do {
      references = slots.references(ref.slot());
      if (references <= 0 || references == Integer.MAX_VALUE) {
        return -1;
      }
    } while (!slots.casReferences(ref.slot(), references, references + by));
    crash.reached();
    return references + by;
  }
}
