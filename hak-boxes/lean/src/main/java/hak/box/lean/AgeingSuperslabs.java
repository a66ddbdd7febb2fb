package hak.box.lean;

/**
 * A bounded queue of superslab numbers by age, which is counted in superslabs that came or went.
 * Any thread may call.
 */
final class AgeingSuperslabs {
  private final int[] superslabs;
  private final long[] arrivals;
  private final int oldAge;
  private int oldest;
  private int count;
  private long events;

  /**
   * None yet.
   *
   * @param most how many there may be
   * @param oldAge the age from which on one is aged
   */
  AgeingSuperslabs(int most, int oldAge) {
    // One more than may stay, so that a new one comes in before the oldest goes.
    superslabs = new int[most + 1];
    arrivals = new long[most + 1];
    this.oldAge = oldAge;
  }

  private int most() {
    return superslabs.length - 1;
  }

  /** Takes one in; false when none may be kept at all, or the aged ones were not taken out. */
  synchronized boolean add(int superslab) {
    events++;
    if (most() == 0 || count == superslabs.length) {
      return false;
    }
    int last = (oldest + count) % superslabs.length;
    superslabs[last] = superslab;
    arrivals[last] = events;
    count++;
    return true;
  }

  /** Takes the one out that came last; -1 when there is none. */
  synchronized int takeYoungest() {
    events++;
    if (count == 0) {
      return -1;
    }
    count--;
    return superslabs[(oldest + count) % superslabs.length];
  }

  /** Takes one out that is too old, or one too many; -1 when there is none. */
  synchronized int takeAged() {
    if (count == 0 || (count <= most() && events - arrivals[oldest] < oldAge)) {
      return -1;
    }
    int aged = superslabs[oldest];
    oldest = (oldest + 1) % superslabs.length;
    count--;
    return aged;
  }
}
