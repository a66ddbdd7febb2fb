package hak.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is in somebody's hands, by address. Taken out before it is given back and put in after it
 * was got, so that an overlap is one, whatever other threads do meanwhile.
 *
 * <p>Invariant: for neighbours {@code a} and {@code b} in the order of addresses, {@code a.address
 * + max(a.size, 1) <= b.address}.
 */
final class Intervals {
  private final TreeMap<Long, Long> sizes = new TreeMap<>();

  /** Puts in what somebody got. */
  synchronized void add(long address, long size) {
    Map.Entry<Long, Long> before = sizes.lowerEntry(address + Math.max(size, 1));
    if (before != null && before.getKey() + Math.max(before.getValue(), 1) > address) {
      throw new AssertionError(
          String.format(
              "0x%x of %,d B overlaps 0x%x of %,d B, which is in use",
              address, size, before.getKey(), before.getValue()));
    }
    sizes.put(address, size);
  }

  /** Takes out what is about to be given back. */
  synchronized void remove(long address) {
    if (sizes.remove(address) == null) {
      throw new AssertionError(String.format("0x%x is in nobody's hands", address));
    }
  }
}
