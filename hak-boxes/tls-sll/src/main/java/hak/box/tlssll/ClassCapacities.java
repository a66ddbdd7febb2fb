package hak.box.tlssll;

import hak.core.memory.SizeClasses;
import hak.core.spi.BoxContext;
import hak.core.spi.CacheBounds;
import hak.core.spi.Option;
import hak.core.spi.Settings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Capacities of single size classes, beside the one of all: {@code "64 B = 128 blocks"} is that of
 * the class that serves 64 bytes. They are read when the stack is opened; a list knows its room.
 */
final class ClassCapacities {
  private static final String NAME = "capacities";
  private static final Pattern ELEMENT = Pattern.compile("([^=]*)=([^=]*)");

  private static final Option SIZE =
      Option.bytes(NAME, 1, SizeClasses.MAX_BLOCK_BYTES, 64, "A size that the class serves.");

  private static final Option CAPACITY =
      Option.count(NAME, "blocks", 0, TlsSllProvider.MOST_BLOCKS, 128, "Its capacity.");

  /** A class, by a size that it serves, and how many blocks of it a thread keeps. */
  private record Capacity(long sizeBytes, int blocks) {}

  private ClassCapacities() {}

  static Option option() {
    return Option.list(
        NAME,
        "sizes and capacities, such as \"64 B = 128 blocks\"",
        ClassCapacities::parse,
        "Capacities of single size classes, in place of 'capacity', each by a size that the class"
            + " serves; 0 blocks = none. The last one for a class counts.");
  }

  /**
   * Puts them into the rooms of all classes.
   *
   * @param rooms by class, as {@link CacheBounds#rooms} gives them
   * @return the same array
   */
  static int[] applyTo(int[] rooms, BoxContext context) {
    SizeClasses classes = context.sizeClasses();
    Settings settings = context.settings();
    for (String element : settings.list(NAME)) {
      Capacity capacity = parse(element);
      if (capacity.sizeBytes() <= classes.largestBytes()) {
        int sizeClass = classes.of(capacity.sizeBytes());
        long byBytes = settings.number(CacheBounds.BYTES) / classes.bytes(sizeClass);
        rooms[sizeClass] = (int) Math.min(capacity.blocks(), byBytes);
      }
    }
    return rooms;
  }

  /** Throws IllegalArgumentException, saying what is allowed, for a text that is no capacity. */
  private static Capacity parse(String text) {
    Matcher matcher = ELEMENT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not allowed: a size and a capacity are \"64 B = 128 blocks\"");
    }
    long sizeBytes = (Long) SIZE.parse(matcher.group(1).strip());
    return new Capacity(
        sizeBytes, Math.toIntExact((Long) CAPACITY.parse(matcher.group(2).strip())));
  }
}
