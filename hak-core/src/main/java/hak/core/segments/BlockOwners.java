package hak.core.segments;

import java.lang.foreign.Arena;

/**
 * The arenas of those blocks outside of the reservation that are segments, by address: open
 * addressing with linear probing, so that only {@link #put} needs the Java heap. Any thread may
 * call.
 *
 * <p>Invariant: {@code owners[i] != null} exactly where {@code addresses[i] != 0}, {@code count}
 * times, at most in half of the places; from the home of an address to its place no place is empty.
 */
final class BlockOwners {
  private static final int MIN_CAPACITY = 16;

  private long[] addresses = new long[MIN_CAPACITY];
  private Arena[] owners = new Arena[MIN_CAPACITY];
  private int count;

  /** The arena of the block at {@code address}, null when there is none. */
  synchronized Arena get(long address) {
    return owners[find(addresses, address)];
  }

  /**
   * Takes in a block that is not there.
   *
   * @throws OutOfMemoryError if the Java heap has no room for it; nothing changed then
   */
  synchronized void put(long address, Arena owner) {
    Arena before = putIfAbsent(address, owner);
    assert before == null : "the block has an owner already";
  }

  /**
   * Takes in a block, unless it is there.
   *
   * @return the owner it had; null when it had none
   * @throws OutOfMemoryError if the Java heap has no room for it; nothing changed then
   */
  synchronized Arena putIfAbsent(long address, Arena owner) {
    if (2 * (count + 1) > addresses.length) {
      grow();
    }
    int index = find(addresses, address);
    if (addresses[index] != 0) {
      return owners[index];
    }
    addresses[index] = address;
    owners[index] = owner;
    count++;
    assert isSound();
    return null;
  }

  /** The invariant. */
  private boolean isSound() {
    int taken = 0;
    for (int i = 0; i < addresses.length; i++) {
      if ((owners[i] != null) != (addresses[i] != 0)) {
        return false;
      }
      if (addresses[i] != 0) {
        if (find(addresses, addresses[i]) != i) {
          return false;
        }
        taken++;
      }
    }
    return taken == count && 2 * count <= addresses.length;
  }

  private void grow() {
    long[] newAddresses = new long[2 * addresses.length];
    Arena[] newOwners = new Arena[newAddresses.length];
    for (int i = 0; i < addresses.length; i++) {
      if (addresses[i] != 0) {
        int index = find(newAddresses, addresses[i]);
        newAddresses[index] = addresses[i];
        newOwners[index] = owners[i];
      }
    }
    addresses = newAddresses;
    owners = newOwners;
  }

  /** Takes a block out, if it is there; what stands behind it in the probe sequence moves up. */
  synchronized void remove(long address) {
    int hole = find(addresses, address);
    if (addresses[hole] == 0) {
      return;
    }
    int mask = addresses.length - 1;
    for (int i = (hole + 1) & mask; addresses[i] != 0; i = (i + 1) & mask) {
      int fromHome = (i - home(addresses[i], mask)) & mask;
      if (fromHome >= ((i - hole) & mask)) {
        addresses[hole] = addresses[i];
        owners[hole] = owners[i];
        hole = i;
      }
    }
    addresses[hole] = 0;
    owners[hole] = null;
    count--;
    assert isSound();
  }

  /** Where {@code address} is, or the empty place where it would be. */
  private static int find(long[] addresses, long address) {
    int mask = addresses.length - 1;
    int index = home(address, mask);
    while (addresses[index] != 0 && addresses[index] != address) {
      index = (index + 1) & mask;
    }
    return index;
  }

  private static int home(long address, int mask) {
    // Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4): addresses differ in the
    // middle bits.
    return (int) ((address * 0x9E3779B97F4A7C15L) >>> 40) & mask;
  }
}
