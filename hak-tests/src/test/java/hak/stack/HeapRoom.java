package hak.stack;

/**
 * How much room is left in the Java heap.
 *
 * @param objects how many of 16 bytes would fit
 */
record HeapRoom(int objects) {
  @Override
  public String toString() {
    return "with room for " + objects + " objects of 16 B in the Java heap";
  }
}
