package hak.policy;

import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.Section;
import hak.policy.ProfileLayer.Said;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lays a file over the one it extends: a list replaces the list, an option replaces the option.
 * Remembers which file each part came from.
 */
final class Inheritance {
  private final Map<String, Place> places = new HashMap<>();
  private final Map<Section, List<String>> lists = new EnumMap<>(Section.class);
  private final Map<String, Long> amounts = new HashMap<>();
  private final Map<String, Map<String, Object>> settings = new HashMap<>();
  private final Set<Section> doubtful = EnumSet.noneOf(Section.class);
  private String name = "";

  private Inheritance() {}

  /**
   * Resolves a chain.
   *
   * @param layers the profile that was asked for, then what each extends
   * @param cut whether what the last one extends is missing
   */
  static Inheritance of(List<ProfileLayer> layers, boolean cut) {
    Inheritance resolved = new Inheritance();
    if (cut) {
      resolved.doubtful.addAll(EnumSet.allOf(Section.class));
    }
    layers.reversed().forEach(resolved::lay);
    return resolved;
  }

  private void lay(ProfileLayer layer) {
    name = layer.name();
    if (layer.stack() != null) {
      places.put("stack", layer.stack());
    }
    layer.lists().forEach(this::replaceList);
    doubtful.addAll(layer.doubtful());
    layer.amounts().forEach(this::replaceAmount);
    layer.settings().forEach(this::mergeSettings);
  }

  private void replaceList(Section section, Said<List<Said<String>>> list) {
    doubtful.remove(section);
    places.put(section.path(), list.place());
    for (int i = 0; i < list.value().size(); i++) {
      places.put(section.path() + "[" + i + "]", list.value().get(i).place());
    }
    lists.put(section, list.value().stream().map(Said::value).toList());
  }

  private void replaceAmount(String key, Said<Long> amount) {
    places.put("stack." + key, amount.place());
    amounts.put(key, amount.value());
  }

  private void mergeSettings(String box, Said<Map<String, Said<Object>>> table) {
    String path = "box." + box;
    places.put(path, table.place());
    Map<String, Object> merged = settings.computeIfAbsent(box, _ -> new HashMap<>());
    table
        .value()
        .forEach((option, said) -> {
          String optionPath = path + "." + option;
          places.put(optionPath, said.place());
          merged.put(option, plain(optionPath, said.value()));
        });
  }

  /** A raw value as it is in profiles; notes where the elements of a list are. */
  private Object plain(String path, Object value) {
    if (!(value instanceof List<?> list)) {
      return value;
    }
    List<Object> elements = new ArrayList<>();
    for (Object element : list) {
      Said<?> said = (Said<?>) element;
      places.put(path + "[" + elements.size() + "]", said.place());
      elements.add(said.value());
    }
    return elements;
  }

  Profile profile() {
    return new Profile(name, lists, settings, new StackOptions(amounts));
  }

  /** Where each list and option was set last, by path. */
  Map<String, String> origins() {
    return places.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toString()));
  }

  /**
   * Whether a problem may come from what could not be read. Problems of a whole list are of this
   * kind: of {@code tiers} their order, of the others a box that needs another.
   */
  boolean isDoubtful(Problem problem) {
    for (Section section : Section.values()) {
      if (problem.path().equals(section.path())) {
        return section == Section.TIERS ? doubtful.contains(section) : !doubtful.isEmpty();
      }
    }
    return false;
  }

  /**
   * Where the cause of a problem stands: the key itself, else the nearest above it, else the top.
   */
  Place placeOf(Problem problem, Place top) {
    String path = problem.path();
    if (path.startsWith("tier.")) {
      path = "box." + path.substring(5);
    }
    while (!places.containsKey(path)) {
      int end = path.lastIndexOf('.');
      if (end < 0) {
        return top;
      }
      path = path.substring(0, end);
    }
    return places.get(path);
  }
}
