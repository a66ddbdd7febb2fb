package hak.policy;

import hak.core.profile.NearestName;
import hak.core.profile.StackOptions;
import hak.core.spi.Option;
import hak.core.spi.Section;
import hak.policy.ProfileLayer.Said;
import hak.toml.TomlArray;
import hak.toml.TomlTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what one file says and complains of what the grammar does not know. Whether the boxes exist
 * and take these settings is not looked at here.
 */
final class LayerReader {
  private static final List<Section> SECTIONS = List.of(Section.values());
  private static final List<String> TOP_TEXTS = List.of("name", "extends", "description");
  private static final List<String> TOP =
      List.of("name", "extends", "description", "stack", BoxTables.TIER, BoxTables.BOX);
  private static final Map<String, Option> AMOUNTS =
      StackOptions.ALL.stream().collect(Collectors.toMap(Option::name, option -> option));
  private static final List<String> STACK =
      Stream.concat(
              Stream.of(Section.values()).map(Section::key),
              StackOptions.ALL.stream().map(Option::name))
          .toList();

  /** Stands for a value that no option takes; refused with the option's own message. */
  private record Unfit(String shown) {
    @Override
    public String toString() {
      return shown;
    }
  }

  private final TomlText text;
  private final String label;
  private final int depth;
  private final BoxTables tables;
  private final ProfileErrors errors;

  private String name;
  private Said<String> parent;
  private Place stack;
  private final Map<Section, Said<List<Said<String>>>> lists = new EnumMap<>(Section.class);
  private final Map<String, Said<Long>> amounts = new TreeMap<>();
  private final Map<String, Said<Map<String, Said<Object>>>> settings = new TreeMap<>();
  private final Set<Section> doubtful = EnumSet.noneOf(Section.class);

  private LayerReader(
      TomlText text, ProfileSource source, int depth, BoxTables tables, ProfileErrors errors) {
    this.text = text;
    this.label = source.label();
    this.name = source.defaultName();
    this.depth = depth;
    this.tables = tables;
    this.errors = errors;
  }

  /**
   * Reads a file.
   *
   * @param depth how many {@code extends} away from the profile that was asked for
   */
  static ProfileLayer read(
      TomlText text, ProfileSource source, int depth, BoxTables tables, ProfileErrors errors) {
    return new LayerReader(text, source, depth, tables, errors).read();
  }

  private ProfileLayer read() {
    text.errors().forEach(error -> errors.add(placeOf(error.position()), error.message()));
    readTop(text.table());
    if (!text.errors().isEmpty()) {
      SECTIONS.stream().filter(section -> !lists.containsKey(section)).forEach(doubtful::add);
    }
    return new ProfileLayer(name, parent, stack, lists, amounts, settings, doubtful);
  }

  private void readTop(TomlTable top) {
    for (String key : top.keySet()) {
      Object value = top.get(List.of(key));
      Place place = placeOf(top, key);
      switch (key) {
        case "name" -> readName(place, value);
        case "extends" -> readExtends(place, value);
        case "description" -> isString(place, key, value);
        case "stack" -> {
          if (value instanceof TomlTable table) {
            stack = place;
            readStack(table);
          } else {
            complain(place, "'stack' must be a table, not " + kindOf(value));
            doubtful.addAll(SECTIONS);
          }
        }
        case BoxTables.TIER, BoxTables.BOX -> readGroup(key, place, value);
        default -> complain(place, "unknown key '" + key + "'" + topHint(key));
      }
    }
  }

  private String topHint(String key) {
    if (STACK.contains(key)) {
      return "; it belongs in [stack]";
    }
    return tables.isKnown(key)
        ? "; the table of this box is " + tables.header(key)
        : NearestName.hint(key, TOP);
  }

  private void readName(Place place, Object value) {
    if (isString(place, "name", value)) {
      String given = (String) value;
      if (given.isBlank() || given.chars().anyMatch(Character::isISOControl)) {
        complain(place, "'name' must not be empty nor hold control characters");
      } else {
        name = given;
      }
    }
  }

  private void readExtends(Place place, Object value) {
    if (isString(place, "extends", value)) {
      parent = new Said<>((String) value, place);
    } else {
      doubtful.addAll(SECTIONS);
    }
  }

  private void readStack(TomlTable table) {
    for (String key : table.keySet()) {
      Object value = table.get(List.of(key));
      Place place = placeOf(table, key);
      Optional<Section> section = Section.of(key);
      if (AMOUNTS.containsKey(key)) {
        readAmount(AMOUNTS.get(key), place, value);
      } else if (section.isPresent()) {
        readList(section.get(), place, value);
      } else {
        boolean top = TOP_TEXTS.contains(key);
        complain(
            place,
            "unknown key '"
                + key
                + "' in [stack]"
                + (top ? "; it belongs above the first table" : NearestName.hint(key, STACK)));
      }
    }
  }

  private void readAmount(Option option, Place place, Object value) {
    try {
      Long amount = (Long) option.parse(raw(value));
      if (text.isTrusted(place.position())) {
        amounts.put(option.name(), new Said<>(amount, place));
      }
    } catch (IllegalArgumentException e) {
      complain(place, e.getMessage());
    }
  }

  private void readList(Section section, Place place, Object value) {
    if (!(value instanceof TomlArray array)) {
      complain(place, "'" + section.key() + "' must be an array of strings, not " + kindOf(value));
      doubtful.add(section);
      return;
    }
    if (!text.isTrusted(place.position())) {
      return;
    }
    List<Said<String>> names = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      Place at = placeOf(TomlText.of(array.inputPositionOf(i)));
      if (!(array.get(i) instanceof String box)) {
        complain(at, "'" + section.key() + "' must hold strings, not " + kindOf(array.get(i)));
        doubtful.add(section);
      } else {
        names.add(new Said<>(box, at));
      }
    }
    lists.put(section, new Said<>(names, place));
  }

  private void readGroup(String group, Place place, Object value) {
    if (!(value instanceof TomlTable boxes)) {
      complain(place, "'" + group + "' must be a table of tables, not " + kindOf(value));
      return;
    }
    for (String box : boxes.keySet()) {
      Place at = placeOf(boxes, box);
      if (!(boxes.get(List.of(box)) instanceof TomlTable values)) {
        String kind = kindOf(boxes.get(List.of(box)));
        complain(at, "'" + group + "." + box + "' must be a table, not " + kind);
        continue;
      }
      if (tables.isKnown(box) && !tables.groupOf(box).equals(group)) {
        String not = group.equals(BoxTables.TIER) ? "not a tier" : "a tier";
        complain(at, "'" + box + "' is " + not + "; its table is " + tables.header(box));
      }
      readSettings(box, at, values);
    }
  }

  private void readSettings(String box, Place place, TomlTable table) {
    Map<String, Said<Object>> values = new TreeMap<>();
    for (String option : table.keySet()) {
      Place at = placeOf(table, option);
      if (text.isTrusted(at.position())) {
        values.put(option, new Said<>(rawOrList(table.get(List.of(option))), at));
      }
    }
    if (text.isTrusted(place.position()) || !values.isEmpty()) {
      settings.computeIfAbsent(box, _ -> new Said<>(new TreeMap<>(), place)).value().putAll(values);
    }
  }

  private boolean isString(Place place, String key, Object value) {
    if (!(value instanceof String)) {
      complain(place, "'" + key + "' must be a string, not " + kindOf(value));
      return false;
    }
    return text.isTrusted(place.position());
  }

  private void complain(Place place, String message) {
    if (text.isTrusted(place.position())) {
      errors.add(place, message);
    }
  }

  /** A value as options take it; of an array a {@link Said} for each element. */
  private Object rawOrList(Object value) {
    if (!(value instanceof TomlArray array)) {
      return raw(value);
    }
    List<Said<Object>> elements = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      Place at = placeOf(TomlText.of(array.inputPositionOf(i)));
      elements.add(new Said<>(raw(array.get(i)), at));
    }
    return elements;
  }

  /** A value that is no list as options take it. */
  private static Object raw(Object value) {
    return value instanceof TomlTable || value instanceof TomlArray
        ? new Unfit(kindOf(value))
        : value;
  }

  private static String kindOf(Object value) {
    return switch (value) {
      case String _ -> "a string";
      case Long _ -> "an integer";
      case Double _ -> "a float";
      case Boolean _ -> "a boolean";
      case TomlArray _ -> "an array";
      case TomlTable _ -> "a table";
      default -> "a date or time";
    };
  }

  private Place placeOf(TomlTable table, String key) {
    return placeOf(TomlText.of(table, key));
  }

  private Place placeOf(Position position) {
    return new Place(depth, label, position);
  }
}
