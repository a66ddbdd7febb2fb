package hak.bench.trace;

/**
 * Numbers for the blocks that are alive: the one that became free last is given next, so there are
 * no more of them than blocks alive at once.
 */
final class SlotNumbers {
  private int count;
  private final SlotStack free = new SlotStack();

  /** How many different ones were given so far. */
  int count() {
    return count;
  }

  /** A number that no living block has. */
  int take() {
    if (!free.isEmpty()) {
      return free.pop();
    }
    if (count == Program.MAX_SLOTS) {
      throw new IllegalStateException("more than " + Program.MAX_SLOTS + " blocks alive");
    }
    return count++;
  }

  /** The block with that number has ended. */
  void give(int slot) {
    free.push(slot);
  }
}
