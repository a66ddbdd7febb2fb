package hak.bench.shadow;

import hak.core.profile.Profile;
import hak.learn.SizePeaks.Peak;
import java.util.ArrayList;
import java.util.List;

/** Size classes of their own for sizes that many requests have and no class fits. */
final class ExtraClasses {
  /** The tier that takes them. */
  static final String TIER = "mid";

  static final String OPTION = "extra-classes";

  /** How many are added at most. */
  private static final int MOST = 8;

  private ExtraClasses() {}

  /**
   * Those that save at least a part of the bytes of all blocks; none if the profile has no tier for
   * them.
   *
   * @param leastGain the part, in [0, 1]
   */
  static List<ExtraClass> find(Profile profile, Survey survey, double leastGain) {
    TierTable tiers = survey.tiers();
    if (!tiers.tiers().contains(TIER) || survey.bytes() == 0) {
      return List.of();
    }
    int below = tiers.bytesBelow(TIER);
    List<ExtraClass> found = new ArrayList<>();
    for (Peak peak : survey.sizes().find(tiers::blockBytes, 0)) {
      double gain = (double) peak.savedBytes() / survey.bytes();
      if (peak.sizeBytes() > below && gain >= leastGain && found.size() < MOST) {
        found.add(
            new ExtraClass(
                peak.sizeBytes(),
                tiers.blockBytes(peak.sizeBytes()),
                peak.count(),
                peak.savedBytes(),
                gain));
      }
    }
    return found;
  }

  /** What the option has in a profile, and these. */
  static List<String> values(Profile profile, List<ExtraClass> extra) {
    List<String> values = new ArrayList<>();
    switch (profile.settings(TIER).get(OPTION)) {
      case List<?> list -> list.forEach(each -> values.add(each.toString()));
      case String text when !text.isBlank() -> values.addAll(List.of(text.strip().split(";")));
      case null, default -> {}
    }
    extra.forEach(each -> values.add(each.blockBytes() + " B"));
    return values;
  }
}
