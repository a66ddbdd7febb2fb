package hak.policy;

import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Option;
import hak.core.spi.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes profiles. */
public final class ProfileText {
  private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");

  private ProfileText() {}

  /**
   * A profile as TOML: all of {@code [stack]}, then the settings it has, by box and option. Reading
   * it gives an equal profile, if the boxes exist.
   *
   * @param profile its settings hold nothing but Long, Boolean, String and lists of them
   */
  public static String render(Profile profile) {
    StringBuilder text = new StringBuilder();
    text.append("name = ").append(quoted(profile.name())).append("\n\n[stack]\n");
    for (Section section : Section.values()) {
      text.append(list(profile, section)).append('\n');
    }
    for (Option option : StackOptions.ALL) {
      text.append(amount(profile, option)).append('\n');
    }
    BoxTables tables = new BoxTables();
    for (Map.Entry<String, Map<String, Object>> box :
        new TreeMap<>(profile.settings()).entrySet()) {
      text.append('\n').append(tables.header(box.getKey())).append('\n');
      new TreeMap<>(box.getValue())
          .forEach((option, value) ->
              text.append(key(option)).append(" = ").append(value(value)).append('\n'));
    }
    return text.toString();
  }

  /** The line of a list of boxes. */
  static String list(Profile profile, Section section) {
    return profile.boxes(section).stream()
        .map(ProfileText::quoted)
        .collect(Collectors.joining(", ", section.key() + " = [", "]"));
  }

  /** The line of an option of the stack. */
  static String amount(Profile profile, Option option) {
    return option.name() + " = " + quoted(option.show(profile.options().number(option)));
  }

  /** An option's value as TOML. */
  static String value(Object value) {
    return switch (value) {
      case String string -> quoted(string);
      case List<?> list ->
          list.stream().map(ProfileText::value).collect(Collectors.joining(", ", "[", "]"));
      default -> value.toString();
    };
  }

  /** A key, quoted where it must be. */
  static String key(String name) {
    return BARE_KEY.matcher(name).matches() ? name : quoted(name);
  }

  /** A string as TOML. */
  static String quoted(String string) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        default -> {
          if (Character.isISOControl(c)) {
            text.append(String.format("\\u%04X", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    return text.append('"').toString();
  }
}
