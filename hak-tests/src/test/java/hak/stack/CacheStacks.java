package hak.stack;

import hak.core.profile.Profile;
import hak.core.profile.check.BoxRegistry;
import hak.core.spi.BoxProvider;
import hak.core.spi.Option;
import hak.core.spi.Role;
import hak.core.spi.Section;
import java.util.List;
import java.util.Map;

/**
 * For each thread cache that is shipped a stack of all tiers with this cache in front, so small
 * that it is empty and overflows all the time. What holds no blocks itself stands before {@code
 * tls-sll}.
 */
final class CacheStacks {
  private static final String SHIPPED_IN = "hak.box.";
  private static final String LIST = "tls-sll";
  private static final String CAPACITY = "capacity";

  /** Options by which caches are bounded, by name, each with little. */
  private static final Map<String, Long> LITTLE =
      Map.of(
          CAPACITY, 8L, "refill", 4L, "slots", 2L, "chunk", 16L, "every", 32L, "blocks", 100L,
          "small", 8L, "middle", 8L);

  private CacheStacks() {}

  /** All of them; the name of each is that of its cache. */
  static List<Profile> all() {
    return BoxRegistry.load().all().stream()
        .filter(provider -> provider.role() == Role.CACHE && isShipped(provider))
        .map(CacheStacks::of)
        .toList();
  }

  private static boolean isShipped(BoxProvider provider) {
    return provider.getClass().getName().startsWith(SHIPPED_IN);
  }

  private static Profile of(BoxProvider cache) {
    boolean needsAnother = !cache.requires().isEmpty();
    Profile profile =
        TestStack.BARE
            .profile()
            .withName(cache.id())
            .with(Section.CACHES, needsAnother ? List.of(cache.id(), LIST) : List.of(cache.id()));
    for (Option option : cache.options()) {
      if (LITTLE.containsKey(option.name())) {
        profile = profile.withSetting(cache.id(), option.name(), LITTLE.get(option.name()));
      }
    }
    return needsAnother ? profile.withSetting(LIST, CAPACITY, LITTLE.get(CAPACITY)) : profile;
  }
}
