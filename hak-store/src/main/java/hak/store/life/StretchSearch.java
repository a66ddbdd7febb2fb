package hak.store.life;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Finds, among stretches of neighbouring extents that are free or could be, the one whose newest
 * object is oldest. The extents are told in order of address; a window goes over them whose newest
 * use is at the head of a queue of falling uses, so each extent is looked at once.
 */
final class StretchSearch {
  private record Part(long number, int slot, int units, long use) {}

  private final int wanted;
  private final ArrayDeque<Part> window = new ArrayDeque<>();
  private final ArrayDeque<Part> newest = new ArrayDeque<>();
  private long count;
  private long units;
  private long bestUse = Long.MAX_VALUE;
  private List<Integer> best = List.of();

  /** Looks for so many units. */
  StretchSearch(int wanted) {
    this.wanted = wanted;
  }

  /** The next extent: of an object in a slot and its last use, or free, which is slot -1. */
  void add(int slot, int length, long use) {
    Part part = new Part(count++, slot, length, use);
    window.addLast(part);
    units += length;
    while (!newest.isEmpty() && newest.peekLast().use() <= use) {
      newest.removeLast();
    }
    newest.addLast(part);
    while (units - window.peekFirst().units() >= wanted) {
      Part left = window.removeFirst();
      units -= left.units();
      if (left.equals(newest.peekFirst())) {
        newest.removeFirst();
      }
    }
    if (units >= wanted && newest.peekFirst().use() < bestUse) {
      bestUse = newest.peekFirst().use();
      best = window.stream().map(Part::slot).filter(each -> each >= 0).toList();
    }
  }

  /** The next extent is of an object that stays. */
  void interrupt() {
    window.clear();
    newest.clear();
    units = 0;
  }

  /** The slots of the objects to delete; empty when no stretch is long enough. */
  List<Integer> best() {
    return best;
  }
}
