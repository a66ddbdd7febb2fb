package hak.bench.shadow;

/**
 * Something that a profile sets, and what should be made of it.
 *
 * @param key as a profile has it: {@code box.tls-sll.capacity}, {@code stack.tiers}, ...
 * @param was what the profile has
 * @param value what is recommended; the same where nothing is
 * @param why a phrase with the evidence
 */
public record Knob(String key, String was, String value, String why) {
  /** Whether something else is recommended. */
  public boolean isChanged() {
    return !was.equals(value);
  }
}
