package hak.bench;

import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.spi.BoxProvider;
import hak.core.spi.Role;
import hak.core.spi.Section;
import hak.core.spi.ThreadCacheProvider;
import hak.testkit.NeededBoxes;
import java.util.ArrayList;
import java.util.List;

/** The smallest stack that serves all sizes and has a given box. */
final class StackOfBox {
  private static final List<String> TIERS = List.of("tiny", "mid", "large", "big");

  private StackOfBox() {}

  static Profile named(String id) {
    BoxProvider box =
        Hak.boxes().stream().filter(provider -> provider.id().equals(id)).findFirst().orElseThrow();
    Profile profile = Profile.ofTiers(id, TIERS);
    if (TIERS.contains(id)) {
      return profile;
    }
    return box.role() == Role.SIZE_TIER ? withTier(profile, id) : withBox(profile, box);
  }

  /** Behind a first tier that leaves it as much as may be. */
  private static Profile withTier(Profile profile, String id) {
    List<String> tiers = new ArrayList<>(TIERS);
    tiers.add(1, id);
    return profile.with(Section.TIERS, tiers).withSetting("tiny", "largest", 64L);
  }

  private static Profile withBox(Profile profile, BoxProvider box) {
    Profile stack = profile.withMore(box.role().section(), box.id());
    if (box.requires().contains(ThreadCacheProvider.CACHED_BLOCKS)) {
      stack = stack.withMore(Section.CACHES, "tls-sll");
    }
    return NeededBoxes.addedTo(stack, box);
  }
}
