package hak.store;

import java.util.Arrays;

/**
 * From a name to its slot: a hash table of chains through the slots. Buckets hold the number of the
 * chain's first slot plus 1, so a table of zeros is empty.
 *
 * <p>Written under the store's lock. Readers without it may be led astray by a change under way;
 * they check what they find, and repeat a search that found nothing when {@code changes} has moved.
 */
final class NameIndex {
  static final int NONE = -1;

  private final Region region;
  private final Slots slots;
  private final long base;
  private final int mask;

  NameIndex(Region region, StoreHeader header, Slots slots) {
    this.region = region;
    this.slots = slots;
    base = header.bucketsOffset();
    mask = header.bucketCount() - 1;
  }

  private long bucket(int hash) {
    return base + 4L * ((hash ^ hash >>> 15) & mask);
  }

  /** The slot of an object of that name that is allocated or sealed, -1 when there is none. */
  int find(byte[] name, int hash) {
    int slot = region.getIntVolatile(bucket(hash)) - 1;
    for (int steps = 0; slots.has(slot) && steps < slots.count(); steps++) {
      int state = Slots.state(slots.word(slot));
      if ((state == Slots.SEALED || state == Slots.ALLOCATED)
          && slots.nameHash(slot) == hash
          && Arrays.equals(slots.name(slot), name)) {
        return slot;
      }
      slot = slots.next(slot);
    }
    return NONE;
  }

  void insert(int slot) {
    long bucket = bucket(slots.nameHash(slot));
    slots.next(slot, region.getIntVolatile(bucket) - 1);
    region.putIntVolatile(bucket, slot + 1);
  }

  /** Takes the slot out of its chain if it is there. */
  void remove(int slot) {
    long bucket = bucket(slots.nameHash(slot));
    int at = region.getIntVolatile(bucket) - 1;
    if (at == slot) {
      region.putIntVolatile(bucket, slots.next(slot) + 1);
      return;
    }
    for (int steps = 0; slots.has(at); steps++) {
      if (steps > slots.count()) {
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

  void clear() {
    region.memory().asSlice(base, 4L * (mask + 1)).fill((byte) 0);
  }
}
