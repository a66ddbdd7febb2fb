package hak.stack;

/**
 * A distance from the end of a stack.
 *
 * @param frames how many frames of {@link Descent} would fit
 * @param wide how many of those above are of the wide kind, below {@link Descent#WIDE_FRAMES}
 */
record StackDepth(int frames, int wide) {
  @Override
  public String toString() {
    return frames + " frames before the end of the stack (" + wide + " slots off)";
  }
}
