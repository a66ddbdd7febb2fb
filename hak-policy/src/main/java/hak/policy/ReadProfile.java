package hak.policy;

import hak.core.profile.Profile;
import java.util.Map;

/**
 * A profile and where it says what.
 *
 * @param origins the place, {@code mine.toml:7:1}, of each list and option that a file sets, by
 *     path: {@code stack.caches}, {@code stack.region}, {@code box.tls-sll.capacity}; what is not
 *     there has its default
 */
public record ReadProfile(Profile profile, Map<String, String> origins) {
  /** Copies the map. */
  public ReadProfile {
    origins = Map.copyOf(origins);
  }

  /** Where a list or an option was set; {@code default} where it was not. */
  String origin(String path) {
    return origins.getOrDefault(path, "default");
  }
}
