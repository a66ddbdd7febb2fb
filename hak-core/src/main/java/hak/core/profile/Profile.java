package hak.core.profile;

import hak.core.spi.Option;
import hak.core.spi.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a stack is made of: the boxes of each section in order, and their settings. A value; making
 * one checks nothing (see {@code Hak.check}).
 *
 * <p>A box is named by its provider's id. To use one box several times, the further ones are called
 * {@code id#2}, {@code id#3}, ..., and have settings of their own.
 *
 * @param name what messages call the stack
 * @param boxes the boxes of each section: tiers by ascending size, of the others the one that is
 *     asked first
 * @param settings raw option values (Long, Boolean, String or List) by box
 * @param options what can be set of the stack itself
 */
public record Profile(
    String name,
    Map<Section, List<String>> boxes,
    Map<String, Map<String, Object>> settings,
    StackOptions options) {
  /** Copies everything; a section that is not there is empty. */
  public Profile {
    Map<Section, List<String>> all = new EnumMap<>(Section.class);
    for (Section section : Section.values()) {
      all.put(section, List.copyOf(boxes.getOrDefault(section, List.of())));
    }
    boxes = Collections.unmodifiableMap(all);
    Map<String, Map<String, Object>> copy = new TreeMap<>();
    settings.forEach((box, values) -> copy.put(box, copyOf(values)));
    settings = Map.copyOf(copy);
  }

  private static Map<String, Object> copyOf(Map<String, Object> values) {
    Map<String, Object> copy = new TreeMap<>(values);
    copy.replaceAll((_, value) -> value instanceof List<?> list ? List.copyOf(list) : value);
    return Map.copyOf(copy);
  }

  /** A profile with these tiers, no other box, and all options at their defaults. */
  public static Profile ofTiers(String name, List<String> tiers) {
    return new Profile(name, Map.of(Section.TIERS, tiers), Map.of(), StackOptions.DEFAULTS);
  }

  /** The boxes of a section. */
  public List<String> boxes(Section section) {
    return boxes.get(section);
  }

  /** The raw settings of a box. */
  public Map<String, Object> settings(String box) {
    return settings.getOrDefault(box, Map.of());
  }

  /** The id of the provider of a box: the name up to {@code #}. */
  public static String providerId(String box) {
    int mark = box.indexOf('#');
    return mark < 0 ? box : box.substring(0, mark);
  }

  /** The same profile under another name. */
  public Profile withName(String newName) {
    return new Profile(newName, boxes, settings, options);
  }

  /** The same profile with these boxes in a section. */
  public Profile with(Section section, List<String> names) {
    Map<Section, List<String>> all = new EnumMap<>(boxes);
    all.put(section, names);
    return new Profile(name, all, settings, options);
  }

  /** The same profile with one more box at the end of a section. */
  public Profile withMore(Section section, String box) {
    List<String> more = new ArrayList<>(boxes(section));
    more.add(box);
    return with(section, more);
  }

  /**
   * The same profile with one more box in a section, before those that are there from a place on.
   *
   * @param index the place, from 0; at most the number of boxes in the section
   */
  public Profile withMore(Section section, int index, String box) {
    List<String> more = new ArrayList<>(boxes(section));
    more.add(index, box);
    return with(section, more);
  }

  /** The same profile with one box in the place of another, whose settings are dropped. */
  public Profile withSwapped(String box, String other) {
    return withInPlaceOf(box, List.of(other));
  }

  /**
   * The same profile without a box and its settings.
   *
   * @throws IllegalArgumentException if it has no such box
   */
  public Profile without(String box) {
    requireBox(box);
    return withInPlaceOf(box, List.of());
  }

  private Profile withInPlaceOf(String box, List<String> others) {
    Map<Section, List<String>> all = new EnumMap<>(Section.class);
    boxes.forEach((section, names) ->
        all.put(
            section,
            names.stream()
                .flatMap(kept -> kept.equals(box) ? others.stream() : Stream.of(kept))
                .toList()));
    Map<String, Map<String, Object>> kept = new TreeMap<>(settings);
    kept.remove(box);
    return new Profile(name, all, kept, options);
  }

  /**
   * Says that a box is missing.
   *
   * @throws IllegalArgumentException if no section has it; the message has the nearest name
   */
  public void requireBox(String box) {
    if (!has(box)) {
      List<String> names = boxes.values().stream().flatMap(List::stream).toList();
      throw new IllegalArgumentException(
          "profile '" + name + "' has no box '" + box + "'" + NearestName.hint(box, names));
    }
  }

  /** Whether a section has this box. */
  public boolean has(String box) {
    return boxes.values().stream().anyMatch(names -> names.contains(box));
  }

  /** The same profile with one option of a box set. */
  public Profile withSetting(String box, String option, Object value) {
    Map<String, Map<String, Object>> all = new TreeMap<>(settings);
    Map<String, Object> values = new TreeMap<>(settings(box));
    values.put(option, value);
    all.put(box, values);
    return new Profile(name, boxes, all, options);
  }

  /** The same profile with one of {@link StackOptions#ALL} set. */
  public Profile with(Option option, long value) {
    return new Profile(name, boxes, settings, options.with(option, value));
  }
}
