package hak.core.spi;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that can be set: its name, kind, unit, range, default and text. Parsing, errors, help
 * and documentation all come from here.
 *
 * @param name key in the profile, lower case with hyphens
 * @param kind what a value looks like
 * @param unit what a number counts or a list holds, e.g. {@code blocks}, {@code B}, {@code rules};
 *     empty for other kinds
 * @param min smallest number allowed
 * @param max largest number allowed
 * @param choices the values of a choice
 * @param words numbers that are written as a word, and those words; mostly none
 * @param check refuses an element of a list with an {@link IllegalArgumentException} that says what
 *     is allowed
 * @param defaultValue a Long, Boolean, String or List of String
 * @param text one sentence
 */
public record Option(
    String name,
    Kind kind,
    String unit,
    long min,
    long max,
    List<String> choices,
    Map<String, Long> words,
    Consumer<String> check,
    Object defaultValue,
    String text) {
  /** What a value looks like. */
  public enum Kind {
    /** {@code 256} or {@code "256 blocks"}. */
    COUNT,
    /** {@code 65536} or {@code "64 KiB"}. */
    BYTES,
    /** {@code true} or {@code false}. */
    FLAG,
    /** One of a few words. */
    CHOICE,
    /** {@code ["one", "other"]} or {@code "one; other"}. */
    LIST
  }

  private static final Pattern QUANTITY = Pattern.compile("\\s*(-?\\d{1,18})\\s*([A-Za-z]*|%)\\s*");
  private static final Map<String, Long> BYTE_UNITS =
      Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);

  /** Copies the choices and the words. */
  public Option {
    choices = List.copyOf(choices);
    words = Map.copyOf(words);
  }

  private Option(
      String name,
      Kind kind,
      String unit,
      long min,
      long max,
      List<String> choices,
      Consumer<String> check,
      Object defaultValue,
      String text) {
    this(name, kind, unit, min, max, choices, Map.of(), check, defaultValue, text);
  }

  /** A number of things. */
  public static Option count(
      String name, String unit, long min, long max, long defaultValue, String text) {
    return new Option(
        name, Kind.COUNT, unit, min, max, List.of(), Option::noElement, defaultValue, text);
  }

  /** An amount of memory. */
  public static Option bytes(String name, long min, long max, long defaultValue, String text) {
    return new Option(
        name, Kind.BYTES, "B", min, max, List.of(), Option::noElement, defaultValue, text);
  }

  /**
   * The same option, of which a number is written as a word.
   *
   * @param number in the range or not
   */
  public Option withWord(String word, long number) {
    Map<String, Long> more = new HashMap<>(words);
    more.put(word, number);
    return new Option(name, kind, unit, min, max, choices, more, check, defaultValue, text);
  }

  /** The same option with another default. */
  public Option withDefault(long number) {
    return new Option(name, kind, unit, min, max, choices, words, check, number, text);
  }

  /** A switch. */
  public static Option flag(String name, boolean defaultValue, String text) {
    return new Option(name, Kind.FLAG, "", 0, 0, List.of(), Option::noElement, defaultValue, text);
  }

  /** One of a few words; the first is the default. */
  public static Option choice(String name, List<String> choices, String text) {
    return new Option(
        name, Kind.CHOICE, "", 0, 0, choices, Option::noElement, choices.getFirst(), text);
  }

  private static void noElement(String element) {
    throw new AssertionError("'" + element + "' is an element, and this option is no list");
  }

  /**
   * A list of texts without semicolons, empty by default.
   *
   * @param unit what the texts are, in the plural
   * @param check refuses a text with an {@link IllegalArgumentException} that says what is allowed
   */
  public static Option list(String name, String unit, Consumer<String> check, String text) {
    return new Option(name, Kind.LIST, unit, 0, 0, List.of(), check, List.of(), text);
  }

  /**
   * Checks a raw value.
   *
   * @param raw a Long, Boolean, String or List as the profile has it
   * @return the value: a Long, Boolean, String or List of String
   * @throws IllegalArgumentException saying what is allowed
   */
  public Object parse(Object raw) {
    return switch (kind) {
      case FLAG -> {
        if (raw instanceof Boolean) {
          yield raw;
        }
        throw refuse(raw);
      }
      case CHOICE -> {
        if (raw instanceof String && choices.contains(raw)) {
          yield raw;
        }
        throw refuse(raw);
      }
      case COUNT, BYTES -> {
        long value = quantity(raw);
        if ((value < min || value > max) && !words.containsValue(value)) {
          throw refuse(raw);
        }
        yield value;
      }
      case LIST -> List.copyOf(elements(raw));
    };
  }

  /** The elements of a list, or of a text with semicolons between them, checked. */
  private List<String> elements(Object raw) {
    List<String> elements = new ArrayList<>();
    switch (raw) {
      case List<?> list -> list.forEach(element -> elements.addAll(elements(element)));
      case String string when string.isBlank() -> {}
      case String string -> elements.addAll(List.of(string.strip().split("\\s*;\\s*", -1)));
      default -> throw refuse(raw);
    }
    elements.forEach(check);
    return elements;
  }

  private long quantity(Object raw) {
    if (raw instanceof Long number) {
      return number;
    }
    if (!(raw instanceof String string)) {
      throw refuse(raw);
    }
    if (words.containsKey(string)) {
      return words.get(string);
    }
    Matcher matcher = QUANTITY.matcher(string);
    if (!matcher.matches()) {
      throw refuse(raw);
    }
    String given = matcher.group(2);
    Long factor = kind == Kind.BYTES ? BYTE_UNITS.get(given) : countFactor(given);
    if (factor == null) {
      throw refuse(raw);
    }
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
    } catch (ArithmeticException e) {
      throw refuse(raw);
    }
  }

  private Long countFactor(String given) {
    return given.isEmpty() || given.equals(unit) ? 1L : null;
  }

  private IllegalArgumentException refuse(Object raw) {
    String shown =
        switch (raw) {
          case String string -> quoted(string);
          case List<?> _ -> "an array";
          default -> String.valueOf(raw);
        };
    return new IllegalArgumentException(shown + " is not allowed: " + allowed());
  }

  /** What values are allowed, as a phrase. */
  public String allowed() {
    return switch (kind) {
      case FLAG -> "true or false";
      case CHOICE -> "one of \"" + String.join("\", \"", choices) + "\"";
      case COUNT ->
          "a number of "
              + unit
              + " from "
              + min
              + " to "
              + max
              + ", such as \""
              + show(defaultValue)
              + "\"";
      case BYTES ->
          wordsAnd("\"", " or ")
              + "an amount from "
              + bytes(min)
              + " to "
              + bytes(max)
              + (words.containsValue(defaultValue)
                  ? ""
                  : ", such as \"" + show(defaultValue) + "\"");
      case LIST -> "a list of " + unit;
    };
  }

  /** What values are allowed, in a few words: {@code 2 MiB .. 32 GiB}. */
  public String range() {
    return switch (kind) {
      case FLAG -> "true, false";
      case CHOICE -> String.join(", ", choices);
      case COUNT, BYTES -> wordsAnd("", ", ") + show(min) + " .. " + show(max);
      case LIST -> allowed();
    };
  }

  /** The words of an option with a range, each with a mark around it and this behind it. */
  private String wordsAnd(String mark, String behind) {
    return words.keySet().stream()
        .sorted()
        .map(word -> mark + word + mark + behind)
        .collect(joining());
  }

  /** A value as a profile would write it. */
  public String show(Object value) {
    for (Map.Entry<String, Long> word : words.entrySet()) {
      if (word.getValue().equals(value)) {
        return word.getKey();
      }
    }
    return switch (kind) {
      case FLAG, CHOICE -> value.toString();
      case COUNT -> value + " " + unit;
      case BYTES -> bytes((Long) value);
      case LIST ->
          ((List<?>) value)
              .stream().map(Object::toString).map(Option::quoted).collect(joining(", ", "[", "]"));
    };
  }

  private static String quoted(String string) {
    return '"' + string + '"';
  }

  private static String bytes(long bytes) {
    String[] names = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    long shown = bytes;
    while (unit < names.length - 1 && shown >= 1024 && shown % 1024 == 0) {
      shown /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%d %s", shown, names[unit]);
  }
}
