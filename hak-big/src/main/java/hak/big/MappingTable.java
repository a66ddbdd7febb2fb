package hak.big;

import java.util.Arrays;

/**
 * Mappings by address: open addressing with linear probing in three arrays, so that a look-up
 * allocates nothing. Not synchronised; {@link BigTier} holds its lock around every call.
 */
final class MappingTable {
  private static final int MIN_CAPACITY = 64;

  private long[] addresses = new long[MIN_CAPACITY];
  private long[] mappedBytes = new long[MIN_CAPACITY];
  private long[] usedBytes = new long[MIN_CAPACITY];
  private int count;

  /** Takes in a mapping. */
  void put(long address, long mapped, long used) {
    if (count * 2 >= addresses.length) {
      grow();
    }
    int index = find(address);
    addresses[index] = address;
    mappedBytes[index] = mapped;
    usedBytes[index] = used;
    count++;
  }

  /** Where {@code address} is or would be. */
  private int find(long address) {
    int mask = addresses.length - 1;
    int index = home(address, mask);
    while (addresses[index] != 0 && addresses[index] != address) {
      index = (index + 1) & mask;
    }
    return index;
  }

  private static int home(long address, int mask) {
    // Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4): mappings differ in the
    // middle bits.
    return (int) ((address * 0x9E3779B97F4A7C15L) >>> 40) & mask;
  }

  private void grow() {
    long[] oldAddresses = addresses;
    long[] oldMapped = mappedBytes;
    long[] oldUsed = usedBytes;
    int capacity = oldAddresses.length * 2;
    addresses = new long[capacity];
    mappedBytes = new long[capacity];
    usedBytes = new long[capacity];
    count = 0;
    for (int i = 0; i < oldAddresses.length; i++) {
      if (oldAddresses[i] != 0) {
        put(oldAddresses[i], oldMapped[i], oldUsed[i]);
      }
    }
  }

  /** Whether there is a mapping at {@code address}. */
  boolean contains(long address) {
    return address != 0 && addresses[find(address)] == address;
  }

  /** Length of the mapping at {@code address}, 0 when there is none. */
  long mappedBytes(long address) {
    return contains(address) ? mappedBytes[find(address)] : 0;
  }

  /** Bytes asked for at {@code address}, 0 when there is no mapping. */
  long usedBytes(long address) {
    return contains(address) ? usedBytes[find(address)] : 0;
  }

  /** Sets the bytes asked for at {@code address}, which must be there. */
  void usedBytes(long address, long used) {
    usedBytes[find(address)] = used;
  }

  /** Takes a mapping out; what stands behind it in the probe sequence moves up. */
  void remove(long address) {
    int mask = addresses.length - 1;
    int hole = find(address);
    for (int i = (hole + 1) & mask; addresses[i] != 0; i = (i + 1) & mask) {
      int distanceFromHome = (i - home(addresses[i], mask)) & mask;
      if (distanceFromHome >= ((i - hole) & mask)) {
        addresses[hole] = addresses[i];
        mappedBytes[hole] = mappedBytes[i];
        usedBytes[hole] = usedBytes[i];
        hole = i;
      }
    }
    addresses[hole] = 0;
    count--;
  }

  /** The addresses of all mappings. */
  long[] all() {
    return Arrays.stream(addresses).filter(address -> address != 0).toArray();
  }
}
