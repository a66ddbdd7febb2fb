package hak.core.open;

import hak.core.memory.HandedLists;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What boxes of a stack count for its learners, by key; nothing at first. Any thread. */
final class Counters {
  private final Map<String, AtomicLong> ones = new ConcurrentHashMap<>();
  private final Map<String, AtomicLongArray> rows = new ConcurrentHashMap<>();

  private HandedLists lists;

  /** What counts the lists of a stack that are handed over, there from now on. */
  synchronized HandedLists lists(int lastClass) {
    if (lists == null) {
      lists = new HandedLists(lastClass);
    }
    return lists;
  }

  /** A counter, there from now on. */
  AtomicLong one(String key) {
    return ones.computeIfAbsent(key, _ -> new AtomicLong());
  }

  /**
   * A row of counters, there from now on.
   *
   * @throws IllegalArgumentException if it is there with another length
   */
  AtomicLongArray many(String key, int count) {
    AtomicLongArray row = rows.computeIfAbsent(key, _ -> new AtomicLongArray(count));
    if (row.length() != count) {
      throw new IllegalArgumentException(key + " has " + row.length() + " counters, not " + count);
    }
    return row;
  }

  /** A row, if somebody counts in it. */
  Optional<AtomicLongArray> manyOf(String key) {
    return Optional.ofNullable(rows.get(key));
  }
}
