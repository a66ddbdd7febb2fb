package hak.core.profile.check;

import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.profile.check.Composition.Part;
import hak.core.spi.BoxProvider;
import hak.core.spi.Option;
import java.util.ArrayList;
import java.util.List;

/**
 * A number that learners may set while a stack runs: an option of the stack or of one of its boxes.
 *
 * @param key where it stands in a profile: {@code stack.purge-delay}, {@code tier.mid.w-max}
 * @param box the box whose option it is; empty for one of the stack
 * @param first what the profile says
 */
public record Turnable(String key, String box, Option option, long first) {
  /** Those of a stack without boxes, in the order of {@link StackOptions#TURNABLE}. */
  public static List<Turnable> of(StackOptions options) {
    return StackOptions.TURNABLE.stream()
        .map(option -> new Turnable(StackOptions.path(option), "", option, options.number(option)))
        .toList();
  }

  /** Those of a stack: its own, then those of its boxes; a box with wrong settings has none. */
  static List<Turnable> of(StackOptions options, List<Part> parts) {
    List<Turnable> all = new ArrayList<>(of(options));
    for (Part part : parts) {
      if (part.settings() != null) {
        for (Option option : part.provider().options()) {
          if (part.provider().turnable().contains(option.name())) {
            String key = keyOf(part.provider(), part.name(), option.name());
            long first = part.settings().number(option.name());
            all.add(new Turnable(key, part.name(), option, first));
          }
        }
      }
    }
    return all;
  }

  /** Where something of a box stands in a profile. */
  public static String keyOf(BoxProvider provider, String box, String name) {
    return provider.role().section().table() + "." + box + "." + name;
  }

  /** The profile in which it is set so. */
  public Profile in(Profile profile, long value) {
    if (!box.isEmpty()) {
      return value == first ? profile : profile.withSetting(box, option.name(), value);
    }
    return profile.with(option, value);
  }
}
