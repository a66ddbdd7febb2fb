package hak.big;

/**
 * Mappings by address: open addressing with linear probing. Not synchronised; {@link BigTier} holds
 * its lock around every call.
 *
 * <pre>
 *   slot   | address : 64 | mapped bytes : 64 | used bytes : 64 |     address 0 = empty
 * </pre>
 *
 * <p>A mapping is live, a block in user hands, or stuck: the system refused to unmap it and is
 * asked again later.
 *
 * <p><b>Room is reserved beforehand.</b> Only {@link #reserve} needs the Java heap, and it is
 * called before the system is: a mapping that exists always has a slot to be remembered in. {@code
 * taken + reserved <= slots / 2}, always.
 */
final class MappingTable {
  private static final int MIN_SLOTS = 64;
  private static final int STRIDE = 3;
  private static final int MAPPED = 1;
  private static final int USED = 2;

  /** In place of the used bytes of a stuck mapping. */
  private static final long STUCK = -1;

  private long[] table = new long[MIN_SLOTS * STRIDE];
  private int taken;
  private int reserved;
  private long liveBlocks;
  private long usedBytes;
  private long mappedBytes;

  /**
   * Sets slots aside for mappings that are about to be made.
   *
   * @throws OutOfMemoryError if the Java heap has no room for them; nothing changed then
   */
  void reserve(int count) {
    int slots = slots();
    while ((taken + reserved + count) * 2L > slots) {
      slots = Math.multiplyExact(slots, 2);
    }
    if (slots > slots()) {
      rehash(new long[Math.multiplyExact(slots, STRIDE)]);
    }
    reserved += count;
    assert 2L * (taken + reserved) <= slots() : "more is set aside than there is room for";
  }

  /** Gives back slots that were set aside. */
  void cancel(int count) {
    reserved -= count;
  }

  private void rehash(long[] larger) {
    long[] smaller = table;
    table = larger;
    for (int at = 0; at < smaller.length; at += STRIDE) {
      if (smaller[at] != 0) {
        write(find(smaller[at]), smaller[at], smaller[at + MAPPED], smaller[at + USED]);
      }
    }
  }

  /** Takes in a block, into a slot set aside. */
  void putLive(long address, long mapped, long used) {
    put(address, mapped, used);
    liveBlocks++;
    usedBytes += used;
    mappedBytes += mapped;
  }

  /** Takes in what the system refused to unmap, into a slot set aside. */
  void putStuck(long address, long mapped) {
    put(address, mapped, STUCK);
  }

  private void put(long address, long mapped, long used) {
    assert reserved > 0 : "no slot was set aside";
    assert address(find(address)) == 0 : "two mappings at one address";
    write(find(address), address, mapped, used);
    reserved--;
    taken++;
  }

  private void write(int slot, long address, long mapped, long used) {
    table[slot * STRIDE] = address;
    table[slot * STRIDE + MAPPED] = mapped;
    table[slot * STRIDE + USED] = used;
  }

  /** Where {@code address} is or would be. */
  private int find(long address) {
    int mask = slots() - 1;
    int slot = home(address, mask);
    while (table[slot * STRIDE] != 0 && table[slot * STRIDE] != address) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int home(long address, int mask) {
    // Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4): mappings differ in the
    // middle bits.
    return (int) ((address * 0x9E3779B97F4A7C15L) >>> 40) & mask;
  }

  /** The slot of the block at {@code address}, -1 when there is none. */
  int findLive(long address) {
    int slot = address == 0 ? -1 : find(address);
    return slot >= 0 && isLive(slot) ? slot : -1;
  }

  /** How many slots there are; they are numbered from 0. */
  int slots() {
    return table.length / STRIDE;
  }

  /** Whether a slot holds a block. */
  boolean isLive(int slot) {
    return address(slot) != 0 && table[slot * STRIDE + USED] != STUCK;
  }

  /** Whether a slot holds what is to be unmapped. */
  boolean isStuck(int slot) {
    return address(slot) != 0 && table[slot * STRIDE + USED] == STUCK;
  }

  /** The address of the mapping in a slot, 0 when it is empty. */
  long address(int slot) {
    return table[slot * STRIDE];
  }

  /** The length of the mapping in a slot. */
  long mappedBytes(int slot) {
    return table[slot * STRIDE + MAPPED];
  }

  /** Sets the bytes asked for of the block in a slot. */
  void usedBytes(int slot, long used) {
    usedBytes += used - table[slot * STRIDE + USED];
    table[slot * STRIDE + USED] = used;
  }

  /**
   * Takes a mapping out and sets a slot aside for it. What stands behind it in the probe sequence
   * moves up, perhaps into this slot.
   */
  void remove(int slot) {
    if (isLive(slot)) {
      liveBlocks--;
      usedBytes -= table[slot * STRIDE + USED];
      mappedBytes -= mappedBytes(slot);
    }
    int mask = slots() - 1;
    int hole = slot;
    for (int i = (hole + 1) & mask; address(i) != 0; i = (i + 1) & mask) {
      int distanceFromHome = (i - home(address(i), mask)) & mask;
      if (distanceFromHome >= ((i - hole) & mask)) {
        write(hole, address(i), mappedBytes(i), table[i * STRIDE + USED]);
        hole = i;
      }
    }
    write(hole, 0, 0, 0);
    taken--;
    reserved++;
  }

  /** Blocks there are. */
  long liveBlocks() {
    return liveBlocks;
  }

  /** Bytes asked for by the blocks. */
  long usedBytes() {
    return usedBytes;
  }

  /** Bytes mapped for the blocks. */
  long mappedBytes() {
    return mappedBytes;
  }
}
