package hak.testkit;

import java.util.Arrays;
import java.util.StringJoiner;

/**
 * Disjoint ranges of addresses; neighbours stay apart, so a leak is shown as it was mapped.
 *
 * <p>Needs the Java heap in {@link #reserve} alone, so a caller who reserves first has no books
 * that fail after what is to be noted down has happened.
 */
final class MappedRanges {
  private static final int MIN_CAPACITY = 64;

  /** Ascending; ends[i] belongs to starts[i]. */
  private long[] starts = new long[MIN_CAPACITY];

  private long[] ends = new long[MIN_CAPACITY];
  private int count;

  /** Makes room for {@code more} ranges: each {@link #add} and each {@link #remove} takes one. */
  void reserve(int more) {
    if (count + more > starts.length) {
      long[] longerStarts = Arrays.copyOf(starts, 2 * starts.length);
      ends = Arrays.copyOf(ends, 2 * starts.length);
      starts = longerStarts;
    }
  }

  void add(long start, long bytes) {
    insert(firstEndingAfter(start), start, start + bytes);
  }

  /** The index of the first range that ends after {@code address}, {@code count} if none does. */
  private int firstEndingAfter(long address) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void insert(int index, long start, long end) {
    System.arraycopy(starts, index, starts, index + 1, count - index);
    System.arraycopy(ends, index, ends, index + 1, count - index);
    starts[index] = start;
    ends[index] = end;
    count++;
  }

  boolean contains(long start, long bytes) {
    long at = start;
    for (int i = firstEndingAfter(start); i < count && at < start + bytes; i++) {
      if (starts[i] > at) {
        return false;
      }
      at = ends[i];
    }
    return at >= start + bytes;
  }

  void remove(long start, long bytes) {
    long end = start + bytes;
    int first = firstEndingAfter(start);
    if (first < count && starts[first] < start) {
      long endOfFirst = ends[first];
      ends[first] = start;
      first++;
      if (endOfFirst > end) {
        insert(first, end, endOfFirst);
        return;
      }
    }
    int last = firstEndingAfter(end);
    if (last < count && starts[last] < end) {
      starts[last] = end;
    }
    System.arraycopy(starts, last, starts, first, count - last);
    System.arraycopy(ends, last, ends, first, count - last);
    count -= last - first;
  }

  long bytes() {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += ends[i] - starts[i];
    }
    return bytes;
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "[", "]");
    for (int i = 0; i < count; i++) {
      text.add(String.format("0x%x..0x%x", starts[i], ends[i]));
    }
    return text.toString();
  }
}
