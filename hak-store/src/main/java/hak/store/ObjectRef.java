package hak.store;

/**
 * Names one object of one store for ever: the slot it lives in and the slot's generation, so that
 * the ref of a deleted object is never mistaken for that of its successor.
 *
 * <p>Printed as {@code @} and hexadecimal digits; {@link #parse} reads that back. A ref may be sent
 * to other processes as its {@link #value}. It does not tell stores apart.
 *
 * @param value positive; of a store of one machine, generation (43 bits) and slot (20 bits)
 */
public record ObjectRef(long value) {
  /**
   * Takes any positive number; whether it names an object, the store knows.
   *
   * @throws IllegalArgumentException when {@code value} is not positive
   */
  public ObjectRef {
    if (value <= 0) {
      throw new IllegalArgumentException("a ref is positive: " + value);
    }
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when {@code text} is not a ref
   */
  public static ObjectRef parse(String text) {
    if (!text.startsWith("@") || text.length() > 17) {
      throw new IllegalArgumentException("a ref is @ and up to 16 hexadecimal digits: " + text);
    }
    try {
      return new ObjectRef(Long.parseLong(text, 1, text.length(), 16));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a ref is @ and hexadecimal digits: " + text, e);
    }
  }

  @Override
  public String toString() {
    return "@" + Long.toHexString(value);
  }
}
