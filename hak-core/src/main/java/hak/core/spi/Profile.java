package hak.core.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stack is made of: the boxes of each role in order, and their settings. A value; making one
 * checks nothing (see {@code Hak.check}).
 *
 * <p>A box is named by its provider's id. To use one box several times, the further ones are called
 * {@code id#2}, {@code id#3}, ..., and have settings of their own.
 *
 * @param name what messages call the stack
 * @param tiers size tiers and large tiers, by ascending size
 * @param caches thread caches, first asked first
 * @param superslabs superslab sources, first asked first
 * @param guards free guards, first asked first
 * @param observers observers
 * @param settings raw option values (Long, Boolean or String) by box
 * @param options what can be set of the stack itself
 */
public record Profile(
    String name,
    List<String> tiers,
    List<String> caches,
    List<String> superslabs,
    List<String> guards,
    List<String> observers,
    Map<String, Map<String, Object>> settings,
    StackOptions options) {
  /** Copies everything. */
  public Profile {
    tiers = List.copyOf(tiers);
    caches = List.copyOf(caches);
    superslabs = List.copyOf(superslabs);
    guards = List.copyOf(guards);
    observers = List.copyOf(observers);
    Map<String, Map<String, Object>> copy = new TreeMap<>();
    settings.forEach((box, values) -> copy.put(box, Map.copyOf(values)));
    settings = Map.copyOf(copy);
  }

  /** A profile with these tiers, no other box, and all options at their defaults. */
  public static Profile ofTiers(String name, List<String> tiers) {
    return new Profile(
        name, tiers, List.of(), List.of(), List.of(), List.of(), Map.of(), StackOptions.DEFAULTS);
  }

  /** The boxes listed under a key of {@code [stack]}. */
  public List<String> boxes(String profileKey) {
    return switch (profileKey) {
      case "tiers" -> tiers;
      case "caches" -> caches;
      case "superslabs" -> superslabs;
      case "guards" -> guards;
      case "observers" -> observers;
      default -> throw new IllegalArgumentException(profileKey);
    };
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
    return new Profile(newName, tiers, caches, superslabs, guards, observers, settings, options);
  }

  /**
   * The same profile with these boxes under a key of {@code [stack]}.
   *
   * @throws IllegalArgumentException if no boxes are listed under such a key
   */
  public Profile withBoxes(String profileKey, List<String> boxes) {
    boxes(profileKey);
    return new Profile(
        name,
        profileKey.equals("tiers") ? boxes : tiers,
        profileKey.equals("caches") ? boxes : caches,
        profileKey.equals("superslabs") ? boxes : superslabs,
        profileKey.equals("guards") ? boxes : guards,
        profileKey.equals("observers") ? boxes : observers,
        settings,
        options);
  }

  /** The same profile with these caches. */
  public Profile withCaches(List<String> newCaches) {
    return withBoxes("caches", newCaches);
  }

  /** The same profile with one more observer. */
  public Profile withObserver(String observer) {
    List<String> more = new ArrayList<>(observers);
    more.add(observer);
    return withBoxes("observers", more);
  }

  /** The same profile with one option of a box set. */
  public Profile withSetting(String box, String option, Object value) {
    Map<String, Map<String, Object>> all = new TreeMap<>(settings);
    Map<String, Object> values = new TreeMap<>(settings(box));
    values.put(option, value);
    all.put(box, values);
    return new Profile(name, tiers, caches, superslabs, guards, observers, all, options);
  }

  /** The same profile with other options of the stack itself. */
  public Profile withOptions(StackOptions newOptions) {
    return new Profile(name, tiers, caches, superslabs, guards, observers, settings, newOptions);
  }

  /** The same profile with room for the heaps of so many threads. */
  public Profile withThreads(long threads) {
    return withOptions(options.with(StackOptions.THREADS, threads));
  }

  /** The same profile with huge pages from another size on. */
  public Profile withHugeFromBytes(long bytes) {
    return withOptions(options.with(StackOptions.HUGE_FROM, bytes));
  }

  /** The same profile with its stack so far from the base of the reservation. */
  public Profile withStartBytes(long bytes) {
    return withOptions(options.with(StackOptions.START, bytes));
  }

  /** The same profile with another reservation. */
  public Profile withRegionBytes(long bytes) {
    return withOptions(options.with(StackOptions.REGION, bytes));
  }
}
