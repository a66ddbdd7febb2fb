package hak.bench.trace;

import hak.bench.trace.TraceSummary.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values counted between powers of two: 0, 1, 2, 3-4, 5-8, 9-16, ... */
final class PowerRanges {
  private final long[] counts = new long[Long.SIZE + 1];
  private final long[] bytes = new long[Long.SIZE + 1];

  void add(long value, long size) {
    int range = value == 0 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(value - 1) + 1;
    counts[range]++;
    bytes[range] += size;
  }

  long bytes() {
    return Arrays.stream(bytes).sum();
  }

  /** From the first to the last that has one. */
  List<Range> ranges() {
    int first = 0;
    int end = counts.length;
    while (first < end && counts[first] == 0) {
      first++;
    }
    while (end > first && counts[end - 1] == 0) {
      end--;
    }
    List<Range> ranges = new ArrayList<>();
    for (int range = first; range < end; range++) {
      ranges.add(new Range(least(range), most(range), counts[range], bytes[range]));
    }
    return ranges;
  }

  private static long least(int range) {
    return range < 2 ? range : (1L << (range - 2)) + 1;
  }

  private static long most(int range) {
    return range == 0 ? 0 : 1L << (range - 1);
  }
}
