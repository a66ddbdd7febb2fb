package hak.store.access;

import hak.store.ObjectRef;
import hak.store.file.CrashPoint;
import hak.store.life.Lifecycle;
import hak.store.life.SoundLock;
import hak.store.life.Tables;
import hak.store.process.ProcessTable;
import hak.store.slots.NameIndex;
import hak.store.slots.Names;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;

/**
 * Finds sealed objects and pins them, so that their bytes stay where they are: the hot side of a
 * store. {@link StoreEngine} says why a pinned object is safe from a deleter.
 */
final class Reading {
  /** How often a name is looked for without the lock while the index changes. */
  private static final int ATTEMPTS = 100;

  private final Slots slots;
  private final ProcessTable processes;
  private final NameIndex names;
  private final SoundLock lock;
  private final Lifecycle life;
  private final CrashPoint crash;
  private final int self;

  Reading(Tables tables, SoundLock lock, Lifecycle life, int self, CrashPoint crash) {
    this.lock = lock;
    this.life = life;
    this.self = self;
    this.crash = crash;
    slots = tables.slots();
    processes = tables.processes();
    names = tables.names();
  }

  boolean isSealed(ObjectRef ref) {
    if (!slots.hasRow(ref)) {
      return false;
    }
    long word = slots.word(SlotRef.slot(ref));
    return word == StateWord.sealed(ref) || StateWord.isMoving(ref, word);
  }

  /** Whether the object is being written by a process that lives. */
  boolean isPending(ObjectRef ref) {
    return isPending(slots, processes, ref);
  }

  /** As the other, for who is no member of the store. */
  static boolean isPending(Slots slots, ProcessTable processes, ObjectRef ref) {
    if (!slots.hasRow(ref)) {
      return false;
    }
    long word = slots.word(SlotRef.slot(ref));
    return StateWord.is(StateWord.ALLOCATED, word)
        && StateWord.generation(word) == SlotRef.generation(ref)
        && !processes.isGone(StateWord.owner(word));
  }

  /** Pins a sealed object for a view of it; false when there is none. */
  boolean pin(ObjectRef ref) {
    if (!slots.hasRow(ref)) {
      return false;
    }
    processes.pin(self, SlotRef.slot(ref), 1);
    crash.reached();
    long word = slots.word(SlotRef.slot(ref));
    if (word == StateWord.sealed(ref)) {
      return true;
    }
    unpin(ref);
    return StateWord.isMoving(ref, word) && pinWhenMoved(ref);
  }

  private boolean pinWhenMoved(ObjectRef ref) {
    lock.await();
    return pin(ref);
  }

  void unpin(ObjectRef ref) {
    int slot = SlotRef.slot(ref);
    processes.pin(self, slot, -1);
    crash.reached();
    long word = slots.word(slot);
    if (StateWord.is(StateWord.DELETING, word)) {
      life.finishDelete(slot, word);
    }
  }

  /** The sealed object of that name, pinned; null when there is none. */
  ObjectRef pinNamed(byte[] name) {
    int hash = Names.hash(name);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long changes = lock.changes();
      ObjectRef ref = names.find(name, hash);
      if (ref != null && pin(ref)) {
        return ref;
      }
      if ((changes & 1) == 0 && lock.changes() == changes) {
        return null;
      }
      Thread.onSpinWait();
    }
    return pinNamedLocked(name, hash);
  }

  private ObjectRef pinNamedLocked(byte[] name, int hash) {
    lock.lock();
    try {
      ObjectRef ref = names.find(name, hash);
      return ref != null && pin(ref) ? ref : null;
    } finally {
      lock.unlock();
    }
  }
}
