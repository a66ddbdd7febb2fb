package hak.testkit;

import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Disjoint ranges of addresses; neighbours stay apart, so a leak is shown as it was mapped. */
final class MappedRanges {
  private final TreeMap<Long, Long> endByStart = new TreeMap<>();

  void add(long start, long bytes) {
    endByStart.put(start, start + bytes);
  }

  boolean contains(long start, long bytes) {
    long at = start;
    while (at < start + bytes) {
      Map.Entry<Long, Long> range = endByStart.floorEntry(at);
      if (range == null || range.getValue() <= at) {
        return false;
      }
      at = range.getValue();
    }
    return true;
  }

  void remove(long start, long bytes) {
    long end = start + bytes;
    for (Map.Entry<Long, Long> range = endByStart.lowerEntry(end);
        range != null && range.getValue() > start;
        range = endByStart.lowerEntry(end)) {
      endByStart.remove(range.getKey());
      if (range.getKey() < start) {
        endByStart.put(range.getKey(), start);
      }
      if (range.getValue() > end) {
        endByStart.put(end, range.getValue());
      }
    }
  }

  long bytes() {
    return endByStart.entrySet().stream()
        .mapToLong(range -> range.getValue() - range.getKey())
        .sum();
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "[", "]");
    endByStart.forEach((start, end) -> text.add(String.format("0x%x..0x%x", start, end)));
    return text.toString();
  }
}
