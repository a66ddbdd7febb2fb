package hak.policy;

import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.spi.BoxProvider;
import hak.core.spi.Section;
import java.util.HashMap;
import java.util.Map;

/** In which tables of a profile the boxes have their settings. */
final class BoxTables {
  /** Holds the tables of tiers. */
  static final String TIER = "tier";

  /** Holds the tables of all other boxes. */
  static final String BOX = "box";

  private final Map<String, String> groupById = new HashMap<>();

  BoxTables() {
    for (BoxProvider provider : Hak.boxes()) {
      groupById.put(provider.id(), provider.role().section() == Section.TIERS ? TIER : BOX);
    }
  }

  boolean isKnown(String box) {
    return groupById.containsKey(Profile.providerId(box));
  }

  /** {@link #TIER} or {@link #BOX}; the latter for a box that is not known. */
  String groupOf(String box) {
    return groupById.getOrDefault(Profile.providerId(box), BOX);
  }

  /** The header of a box's table: {@code [tier.tiny]}. */
  String header(String box) {
    return "[" + groupOf(box) + "." + ProfileText.key(box) + "]";
  }
}
