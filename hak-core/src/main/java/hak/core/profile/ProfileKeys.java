package hak.core.profile;

import hak.core.spi.Role;
import hak.core.spi.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A profile as values by key: {@code stack.tiers} for a list of boxes, {@code tier.mid.largest} for
 * an option of a box. Options of the stack itself are not among them.
 */
public final class ProfileKeys {
  private static final String NOTHING = "none";

  private ProfileKeys() {}

  /** What a profile says; options of boxes that it does not name are left out. */
  public static Map<String, Object> said(Profile profile) {
    Map<String, Object> said = new TreeMap<>();
    for (Section section : Role.sections()) {
      List<String> boxes = profile.boxes(section);
      said.put(section.path(), boxes);
      for (String box : boxes) {
        profile
            .settings(box)
            .forEach(
                (option, value) -> said.put(section.table() + "." + box + "." + option, value));
      }
    }
    return Map.copyOf(said);
  }

  /**
   * The profile with one value more, or another one.
   *
   * @param value for a list of boxes a List of their names; else what an option takes
   * @throws IllegalArgumentException if there is no such key, or a list of boxes is none
   */
  public static Profile with(Profile profile, String key, Object value) {
    for (Section section : Role.sections()) {
      if (section.path().equals(key)) {
        return profile.with(section, names(key, value));
      }
      String table = section.table() + ".";
      int point = key.lastIndexOf('.');
      if (key.startsWith(table) && point > table.length()) {
        return profile.withSetting(
            key.substring(table.length(), point), key.substring(point + 1), value);
      }
    }
    throw new IllegalArgumentException("no list and no option of a box is '" + key + "'");
  }

  private static List<String> names(String key, Object value) {
    if (!(value instanceof List<?> list)) {
      throw new IllegalArgumentException(key + " must be a list of boxes: " + value);
    }
    return list.stream().map(Object::toString).toList();
  }

  /** A value in words, on one line. */
  public static String show(Object value) {
    return switch (value) {
      case null -> NOTHING;
      case List<?> list when list.isEmpty() -> NOTHING;
      case List<?> list -> String.join(", ", list.stream().map(Object::toString).toList());
      default -> value.toString();
    };
  }
}
