package hak.cli;

/** Text of unknown origin for a terminal. */
final class Printable {
  private Printable() {}

  /** The text with a question mark for each character that a terminal might obey. */
  static String of(String text) {
    return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9F}\\p{Cf}\\u2028\\u2029]", "?");
  }
}
