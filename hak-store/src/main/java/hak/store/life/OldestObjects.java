package hak.store.life;

import hak.store.slots.Slots;
import hak.store.slots.StateWord;

/**
 * Some objects of a store, oldest use first, found in one look at all slots: those which were used
 * before all others. A heap in three arrays while they are found, sorted afterwards.
 *
 * <p>Nobody keeps it up to date. An object that has the same word and the same time of use when its
 * turn comes is still the one used longest ago: all that were not picked were used later, and so
 * were those which were used again.
 *
 * <p>Filled by one thread; the rest under the store's lock.
 */
final class OldestObjects {
  /** Nothing. */
  static final OldestObjects NONE = new OldestObjects(0);

  private final int[] slots;
  private final long[] words;
  private final long[] uses;
  private int count;
  private int next;

  private OldestObjects(int most) {
    slots = new int[most];
    words = new long[most];
    uses = new long[most];
  }

  /** The {@code most} sealed objects without further references that were used longest ago. */
  static OldestObjects find(Slots slots, UseClock clock, int most) {
    OldestObjects oldest = new OldestObjects(Math.max(1, Math.min(most, slots.count())));
    long latest = 0;
    for (int slot = 0; slot < slots.count(); slot++) {
      long word = slots.word(slot);
      if (StateWord.is(StateWord.SEALED, word)) {
        long use = clock.lastUse(slot);
        latest = Math.max(latest, use);
        if (slots.references(slot) <= 1) {
          oldest.offer(slot, word, use);
        }
      }
    }
    clock.goOnFrom(latest);
    oldest.sort();
    return oldest;
  }

  private void offer(int slot, long word, long use) {
    if (count < slots.length) {
      set(count, slot, word, use);
      count++;
      for (int at = count - 1; at > 0 && uses[(at - 1) / 2] < uses[at]; at = (at - 1) / 2) {
        swap(at, (at - 1) / 2);
      }
    } else if (use < uses[0]) {
      set(0, slot, word, use);
      sink(0, count);
    }
  }

  private void set(int at, int slot, long word, long use) {
    slots[at] = slot;
    words[at] = word;
    uses[at] = use;
  }

  private void swap(int a, int b) {
    int slot = slots[a];
    long word = words[a];
    long use = uses[a];
    set(a, slots[b], words[b], uses[b]);
    set(b, slot, word, use);
  }

  /** Moves an entry down to where no younger one is below it. */
  private void sink(int from, int end) {
    int at = from;
    while (2 * at + 1 < end) {
      int below = 2 * at + 1;
      if (below + 1 < end && uses[below + 1] > uses[below]) {
        below++;
      }
      if (uses[below] <= uses[at]) {
        return;
      }
      swap(at, below);
      at = below;
    }
  }

  private void sort() {
    for (int end = count - 1; end > 0; end--) {
      swap(0, end);
      sink(0, end);
    }
  }

  /** Whether most have had their turn, so that it is time for the next look. */
  boolean isNearEnd() {
    return (count - next) * 8L <= count;
  }

  /** How many have not had their turn. */
  int left() {
    return count - next;
  }

  /** The slot of one that has not had its turn, the next one being 0. */
  int slot(int ahead) {
    return slots[next + ahead];
  }

  /** The word that the slot had. */
  long word(int ahead) {
    return words[next + ahead];
  }

  /** When it was used last then. */
  long use(int ahead) {
    return uses[next + ahead];
  }

  /** The next ones have had their turn. */
  void pass(int many) {
    next += many;
  }
}
