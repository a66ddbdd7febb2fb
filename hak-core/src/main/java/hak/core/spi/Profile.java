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
 * @param regionBytes how much address space to reserve; the most the stack can hold
 * @param hugeFromBytes data beyond this much of it asks for huge pages
 */
public record Profile(
    String name,
    List<String> tiers,
    List<String> caches,
    List<String> superslabs,
    List<String> guards,
    List<String> observers,
    Map<String, Map<String, Object>> settings,
    long regionBytes,
    long hugeFromBytes) {
  /** Option of {@code [stack]}: the address space of the reservation. */
  public static final Option REGION =
      Option.bytes(
          "region",
          64L << 20,
          32L << 30,
          32L << 30,
          "Address space to reserve, the most a stack can hold below the big tier.");

  /** Option of {@code [stack]}: where huge pages begin. */
  public static final Option HUGE_FROM =
      Option.bytes(
          "huge-from",
          0,
          REGION.max(),
          16L << 20,
          "Ask for huge pages in what a stack takes beyond this much; small programs stay small.");

  /** All options of {@code [stack]}. */
  public static final List<Option> STACK_OPTIONS = List.of(REGION, HUGE_FROM);

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
        name,
        tiers,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        (Long) REGION.defaultValue(),
        (Long) HUGE_FROM.defaultValue());
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
    return new Profile(
        newName,
        tiers,
        caches,
        superslabs,
        guards,
        observers,
        settings,
        regionBytes,
        hugeFromBytes);
  }

  /** The same profile with these caches. */
  public Profile withCaches(List<String> newCaches) {
    return new Profile(
        name,
        tiers,
        newCaches,
        superslabs,
        guards,
        observers,
        settings,
        regionBytes,
        hugeFromBytes);
  }

  /** The same profile with one more observer. */
  public Profile withObserver(String observer) {
    List<String> more = new ArrayList<>(observers);
    more.add(observer);
    return new Profile(
        name, tiers, caches, superslabs, guards, more, settings, regionBytes, hugeFromBytes);
  }

  /** The same profile with one option set. */
  public Profile withSetting(String box, String option, Object value) {
    Map<String, Map<String, Object>> all = new TreeMap<>(settings);
    Map<String, Object> values = new TreeMap<>(settings(box));
    values.put(option, value);
    all.put(box, values);
    return new Profile(
        name, tiers, caches, superslabs, guards, observers, all, regionBytes, hugeFromBytes);
  }

  /** The same profile with huge pages from another size on. */
  public Profile withHugeFromBytes(long bytes) {
    return new Profile(
        name, tiers, caches, superslabs, guards, observers, settings, regionBytes, bytes);
  }

  /** The same profile with another reservation. */
  public Profile withRegionBytes(long bytes) {
    return new Profile(
        name, tiers, caches, superslabs, guards, observers, settings, bytes, hugeFromBytes);
  }
}
