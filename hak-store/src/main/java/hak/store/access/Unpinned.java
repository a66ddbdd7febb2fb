package hak.store.access;

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

/**
 * Reads objects without pinning them, so without a write: copies, looks whether the object is still
 * the same, and checks the sum. What a writer does meanwhile makes the copy void, never wrong.
 */
final class Unpinned {
  /** How often a name is looked for while the index changes, before all slots are looked at. */
  private static final int ATTEMPTS = 100;

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

  boolean isSealed(ObjectRef ref) {
    return SlotRef.slot(ref) < slots.count()
        && slots.word(SlotRef.slot(ref)) == StateWord.sealed(ref);
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
   * @throws StoreCorruptException when its numbers or its sum are wrong
   */
  CopiedView copy(ObjectRef ref) {
    if (!isSealed(ref)) {
      return null;
    }
    int slot = SlotRef.slot(ref);
    long offset = slots.offset(slot);
    long length = slots.length(slot);
    boolean inside = isInside(offset, length);
    Arena arena = Arena.ofShared();
    try {
      MemorySegment copy = arena.allocate(inside ? length : 0, StoreHeader.UNIT_BYTES);
      int sum = inside ? Checksum.copy(data(offset, length), copy, 0) : 0;
      boolean intact = inside && slots.hasSum(slot, SlotRef.generation(ref), sum);
      VarHandle.loadLoadFence();
      if (isSealed(ref) && !intact) {
        throw new StoreCorruptException(ref + " is damaged: its checksum is wrong");
      }
      if (isSealed(ref)) {
        return new CopiedView(ref, arena, copy);
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
