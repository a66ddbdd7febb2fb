package hak.box.ssreuse;

/** A bounded stack of superslab numbers. Any thread may call. */
final class Shelf {
  private final int[] superslabs;
  private int count;

  Shelf(int capacity) {
    superslabs = new int[capacity];
  }

  /** Takes one in; false when the shelf is full. */
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
