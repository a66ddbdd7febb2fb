package hak.store.slots;

import hak.store.ObjectRef;
import hak.store.StoreOptions;

/**
 * What the ref of an object in this store says: the slot it lives in and that slot's generation.
 */
public final class SlotRef {
  /** Bits of the slot number. */
  public static final int SLOT_BITS = 20;

  /** Bits of the generation, above those of the slot. */
  static final int GENERATION_BITS = 43;

  static {
    if (SLOT_BITS + GENERATION_BITS != Long.SIZE - 1
        || 1 << SLOT_BITS != StoreOptions.MAX_OBJECTS) {
      throw new ExceptionInInitializerError("ref layout");
    }
  }

  private SlotRef() {}

  public static ObjectRef of(int slot, long generation) {
    return new ObjectRef(generation << SLOT_BITS | slot);
  }

  public static int slot(ObjectRef ref) {
    return (int) ref.value() & ((1 << SLOT_BITS) - 1);
  }

  public static long generation(ObjectRef ref) {
    return ref.value() >>> SLOT_BITS;
  }
}
