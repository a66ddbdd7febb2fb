package hak.box.ssreuse;

/** A bounded stack of superslab numbers. Any thread may call. */
final class SuperslabStack {
  private final int[] superslabs;
  private int count;

  SuperslabStack(int capacity) {
    superslabs = new int[capacity];
  }

  /** Takes one in; false when it is full. */
  synchronized boolean push(int superslab) {
    if (count == superslabs.length) {
      return false;
    }
    superslabs[count++] = superslab;
    return true;
  }

  /** Takes the last one out; -1 when there is none. */
  synchronized int pop() {
    return count == 0 ? -1 : superslabs[--count];
  }
}
