package hak.cli.output;

/** Text of unknown origin for a terminal. */
public final class Printable {
  private Printable() {}

  /** The text with a question mark for each character that a terminal might obey. */
  public static String of(String text) {
    return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9F}\\p{Cf}\\u2028\\u2029]", "?");
  }
}
