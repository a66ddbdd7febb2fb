package hak.core.profile;

import hak.core.spi.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Another size tier for a range of sizes, as values of a profile: the tier that serves them ends
 * below the range, the other one serves it, and the first goes on above, as a second box with the
 * same settings.
 *
 * @param tier the box that should serve them
 * @param instead the tier of the profile that serves them now
 * @param aboveBytes blocks of more than this
 * @param upToBytes blocks of no more than this
 */
public record TierRoute(String tier, String instead, int aboveBytes, int upToBytes) {
  private static final String TIERS = Section.TIERS.path();
  private static final String LARGEST = "largest";
  private static final String CLASSES = "classes";
  private static final String SECOND = "#2";

  /**
   * What is different in the profile, by key.
   *
   * @param said what it says ({@link ProfileKeys#said})
   * @param below the largest block of the tiers before {@code instead}, in bytes
   * @param largest the largest block of {@code instead}, in bytes
   * @param sameClasses whether {@code tier} has the option that says which block sizes there are,
   *     with the choice that {@code instead} has
   */
  public Map<String, Object> values(
      Map<String, Object> said, int below, int largest, boolean sameClasses) {
    String again = Profile.providerId(instead) + SECOND;
    List<String> tiers = new ArrayList<>();
    ((List<?>) said.get(TIERS)).forEach(each -> tiers.add(each.toString()));
    int place = tiers.indexOf(instead);
    boolean goesOnAbove = largest > upToBytes;
    boolean endsBelow = below < aboveBytes;
    List<String> others = new ArrayList<>();
    if (endsBelow) {
      others.add(instead);
    }
    others.add(tier);
    if (goesOnAbove) {
      others.add(endsBelow ? again : instead);
    }
    boolean isBefore = place > 0 && tiers.get(place - 1).equals(tier) && !endsBelow;
    tiers.remove(place);
    tiers.addAll(place, isBefore ? others.subList(1, others.size()) : others);
    Map<String, Object> values = new TreeMap<>();
    values.put(TIERS, List.copyOf(tiers));
    if (endsBelow && goesOnAbove) {
      String prefix = key(instead, "");
      said.forEach((key, value) -> {
        if (key.startsWith(prefix)) {
          values.put(key(again, key.substring(prefix.length())), value);
        }
      });
      values.put(key(again, LARGEST), (long) largest);
    }
    if (endsBelow) {
      values.put(key(instead, LARGEST), (long) aboveBytes);
    }
    Object classes = said.get(key(instead, CLASSES));
    if (classes != null && sameClasses) {
      values.put(key(tier, CLASSES), classes);
    }
    values.put(key(tier, LARGEST), (long) upToBytes);
    return values;
  }

  private static String key(String box, String option) {
    return Section.TIERS.table() + "." + box + "." + option;
  }
}
