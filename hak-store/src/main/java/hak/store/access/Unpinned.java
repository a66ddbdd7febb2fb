package hak.store.access;

import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.StoreCorruptException;
import hak.store.copy.Checksum;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.life.Tables;
import hak.store.process.SharedLock;
import hak.store.slots.NameIndex;
import hak.store.slots.Names;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads objects without pinning them, so without a write: copies, looks whether the object is still
 * the same, and checks the sum. What a writer does meanwhile makes the copy void, never wrong.
 */
final class Unpinned {
  /** How often a name is looked for while the index changes, before all slots are looked at. */
  private static final int ATTEMPTS = 100;

  /** A move takes milliseconds. */
  private static final long MOVE_NANOS = 1_000_000_000;

  private static final long PAUSE_NANOS = 20_000;

  private final Region region;
  private final StoreHeader header;
  private final Slots slots;
  private final NameIndex names;
  private final SharedLock lock;

  Unpinned(Tables tables, SharedLock lock) {
    this.lock = lock;
    region = tables.region();
    header = tables.header();
    slots = tables.slots();
    names = tables.names();
  }

  /** Whether there is that object: sealed, also while it is moved. */
  boolean isSealed(ObjectRef ref) {
    if (!slots.hasRow(ref)) {
      return false;
    }
    long word = slots.word(SlotRef.slot(ref));
    return word == StateWord.sealed(ref) || StateWord.isMoving(ref, word);
  }

  /** The sealed object of that name, null when there is none. */
  ObjectRef find(byte[] name) {
    int hash = Names.hash(name);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long changes = lock.changes();
      ObjectRef ref = names.find(name, hash);
      if (ref != null && isSealed(ref)) {
        return ref;
      }
      if ((changes & 1) == 0 && lock.changes() == changes) {
        return null;
      }
      Thread.onSpinWait();
    }
    return search(name);
  }

  /** Looks at all slots: a change was left unfinished, and there may be nobody to finish it. */
  private ObjectRef search(byte[] name) {
    for (int slot = 0; slot < slots.count(); slot++) {
      long word = slots.word(slot);
      long generation = StateWord.generation(word);
      if (generation > 0 && slots.isNamed(slot, name)) {
        ObjectRef ref = SlotRef.of(slot, generation);
        if (isSealed(ref)) {
          return ref;
        }
      }
    }
    return null;
  }

  /**
   * A copy of a sealed object; null when there is none, or it was deleted meanwhile.
   *
   * @throws StoreCorruptException when its numbers or its sum are wrong, or who moved it died
   */
  CopiedView copy(ObjectRef ref) {
    int slot = SlotRef.slot(ref);
    long deadline = System.nanoTime() + MOVE_NANOS;
    while (isSealed(ref)) {
      long offset = slots.offset(slot);
      CopiedView copy = tryCopy(ref, offset);
      if (copy != null) {
        return copy;
      }
      boolean moved = StateWord.isMoving(ref, slots.word(slot)) || slots.offset(slot) != offset;
      if (isSealed(ref) && (!moved || System.nanoTime() - deadline > 0)) {
        throw new StoreCorruptException(ref + " is damaged: its checksum is wrong");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return null;
  }

  /** A copy of what is there; null when it is not the object, or not all of it. */
  private CopiedView tryCopy(ObjectRef ref, long offset) {
    int slot = SlotRef.slot(ref);
    long length = slots.length(slot);
    if (!isInside(offset, length)) {
      return null;
    }
    Arena arena = Arena.ofShared();
    try {
      MemorySegment copy = arena.allocate(length, StoreHeader.LINE_BYTES);
      int sum = Checksum.copy(data(offset, length), copy, 0);
      boolean intact = slots.hasSum(slot, SlotRef.generation(ref), sum);
      ObjectMetadata metadata = slots.metadata(slot);
      VarHandle.loadLoadFence();
      if (intact && isSealed(ref)) {
        return new CopiedView(ref, arena, copy, metadata);
      }
    } catch (Throwable e) {
      arena.close();
      throw e;
    }
    arena.close();
    return null;
  }

  private boolean isInside(long offset, long length) {
    long most = region.memory().byteSize() - header.dataOffset();
    return offset >= 0 && length >= 0 && length <= most && offset <= most - length;
  }

  private MemorySegment data(long offset, long length) {
    return region.memory().asSlice(header.dataOffset() + offset, length);
  }
}
