package hak.core.memory;

/** A bounded stack of superslab numbers, for sources that keep them. Any thread may call. */
public final class SuperslabStack {
  private final int[] superslabs;
  private int oldest;
  private int count;

  /** Empty, with room for so many. */
  public SuperslabStack(int capacity) {
    superslabs = new int[capacity];
  }

  /** Takes one in; false when it is full. */
  public synchronized boolean push(int superslab) {
    if (count == superslabs.length) {
      return false;
    }
    superslabs[(int) ((oldest + (long) count) % superslabs.length)] = superslab;
    count++;
    return true;
  }

  /** Takes the last one out; -1 when there is none. */
  public synchronized int pop() {
    if (count == 0) {
      return -1;
    }
    count--;
    return superslabs[(int) ((oldest + (long) count) % superslabs.length)];
  }

  /** Takes the one out that has been there longest; -1 when there is none. */
  public synchronized int pollOldest() {
    if (count == 0) {
      return -1;
    }
    int superslab = superslabs[oldest];
    oldest = (oldest + 1) % superslabs.length;
    count--;
    return superslab;
  }
}
