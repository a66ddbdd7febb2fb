package hak.core.spi;

import java.util.List;
import java.util.Map;

/**
 * The values of a box's options: checked against its {@link Option} table, defaults filled in.
 *
 * @param values a {@link Long}, {@link Boolean}, {@link String} or {@link List} of String for each
 *     option
 */
public record Settings(Map<String, Object> values) {
  /** Copies the map. */
  public Settings {
    values = Map.copyOf(values);
  }

  /** The value of a number option, in its unit. */
  public long number(String option) {
    return (Long) value(option);
  }

  /** The value of a number option that is known to fit an int. */
  public int integer(String option) {
    return Math.toIntExact(number(option));
  }

  /** The value of a flag. */
  public boolean flag(String option) {
    return (Boolean) value(option);
  }

  /** The value of a choice. */
  public String choice(String option) {
    return (String) value(option);
  }

  /** The elements of a list. */
  public List<String> list(String option) {
    return ((List<?>) value(option)).stream().map(String.class::cast).toList();
  }

  private Object value(String option) {
    Object value = values.get(option);
    if (value == null) {
      throw new IllegalArgumentException(
          "no option '" + option + "'; there are " + values.keySet());
    }
    return value;
  }
}
