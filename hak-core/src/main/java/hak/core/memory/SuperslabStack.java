package hak.core.memory;

/** A bounded stack of superslab numbers, for sources that keep them. Any thread may call. */
public final class SuperslabStack {
  private final int[] superslabs;
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
    superslabs[count++] = superslab;
    return true;
  }

  /** Takes the last one out; -1 when there is none. */
  public synchronized int pop() {
    return count == 0 ? -1 : superslabs[--count];
  }
}
