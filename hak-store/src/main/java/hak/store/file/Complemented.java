package hak.store.file;

/** A number written with its complement, in one word, so that damage shows. */
public final class Complemented {
  private Complemented() {}

  public static long word(int number) {
    return (number & 0xFFFF_FFFFL) | (long) ~number << Integer.SIZE;
  }

  /** Whether a word is a number and its complement. */
  public static boolean isSound(long word) {
    return word == word((int) word);
  }
}
