package hak.policy;

import hak.core.profile.Profile;
import hak.core.profile.check.BoxRegistry;
import hak.core.spi.BoxProvider;
import hak.core.spi.Option;
import hak.core.spi.Section;
import java.util.List;
import java.util.Optional;

/** In which tables of a profile the boxes have their settings. */
final class BoxTables {
  /** Holds the tables of tiers. */
  static final String TIER = "tier";

  /** Holds the tables of all other boxes. */
  static final String BOX = "box";

  private final BoxRegistry registry = BoxRegistry.load();

  private Optional<BoxProvider> provider(String box) {
    return Optional.ofNullable(registry.find(Profile.providerId(box)));
  }

  boolean isKnown(String box) {
    return provider(box).isPresent();
  }

  /** What can be set of a box; nothing of one that is not known. */
  List<Option> options(String box) {
    return provider(box).map(BoxProvider::options).orElse(List.of());
  }

  /** {@link #TIER} or {@link #BOX}; the latter for a box that is not known. */
  String groupOf(String box) {
    return provider(box)
        .filter(provider -> provider.role().section() == Section.TIERS)
        .map(_ -> TIER)
        .orElse(BOX);
  }

  /** The header of a box's table: {@code [tier.tiny]}. */
  String header(String box) {
    return "[" + groupOf(box) + "." + ProfileText.key(box) + "]";
  }
}
