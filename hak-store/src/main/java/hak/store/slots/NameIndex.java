package hak.store.slots;

import hak.store.ObjectRef;
import hak.store.StoreCorruptException;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * From a name to its slot: a hash table of chains through the slots. Buckets hold the number of the
 * chain's first slot plus 1, so a table of zeros is empty.
 *
 * <p>Written under the store's lock. Readers without it may be led astray by a change under way;
 * they check what they find, and repeat a search that found nothing when {@code changes} has moved.
 */
public final class NameIndex {
  private final Region region;
  private final Slots slots;
  private final long base;
  private final int mask;

  public NameIndex(Region region, StoreHeader header, Slots slots) {
    this.region = region;
    this.slots = slots;
    base = header.bucketsOffset();
    mask = header.bucketCount() - 1;
  }

  private long bucket(int hash) {
    return base + 4L * ((hash ^ hash >>> 15) & mask);
  }

  /**
   * The object of that name that is allocated or sealed, null when there is none. Without the lock
   * it may be gone by now, but did have that name: a name stays as long as the generation.
   */
  public ObjectRef find(byte[] name, int hash) {
    int slot = region.getIntVolatile(bucket(hash)) - 1;
    for (int steps = 0; slots.has(slot) && steps < slots.limit(); steps++) {
      long word = slots.word(slot);
      if ((StateWord.is(StateWord.SEALED, word)
              || StateWord.is(StateWord.ALLOCATED, word)
              || StateWord.is(StateWord.MOVING, word))
          && StateWord.generation(word) > 0
          && slots.nameHash(slot) == hash
          && slots.isNamed(slot, name)) {
        return SlotRef.of(slot, StateWord.generation(word));
      }
      slot = slots.next(slot);
    }
    return null;
  }

  public void insert(int slot) {
    long bucket = bucket(slots.nameHash(slot));
    slots.next(slot, region.getIntVolatile(bucket) - 1);
    region.putIntVolatile(bucket, slot + 1);
  }

  /** Takes the slot out of its chain if it is there. */
  public void remove(int slot) {
    long bucket = bucket(slots.nameHash(slot));
    int at = region.getIntVolatile(bucket) - 1;
    if (at == slot) {
      region.putIntVolatile(bucket, slots.next(slot) + 1);
      return;
    }
    for (int steps = 0; slots.has(at); steps++) {
      if (steps > slots.limit()) {
        throw new StoreCorruptException("a chain of names does not end");
      }
      int next = slots.next(at);
      if (next == slot) {
        slots.next(at, slots.next(slot));
        return;
      }
      at = next;
    }
  }

  /**
   * Tells each slot that some chain leads to; once, also where damage has closed chains to rings.
   */
  public void forEach(IntConsumer told) {
    BitSet seen = new BitSet();
    for (int bucket = 0; bucket <= mask; bucket++) {
      int slot = region.getIntVolatile(base + 4L * bucket) - 1;
      while (slots.has(slot) && !seen.get(slot)) {
        seen.set(slot);
        told.accept(slot);
        slot = slots.next(slot);
      }
    }
  }

  public void clear() {
    region.memory().asSlice(base, 4L * (mask + 1)).fill((byte) 0);
  }
}
