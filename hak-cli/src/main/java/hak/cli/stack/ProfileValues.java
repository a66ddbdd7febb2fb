package hak.cli.stack;

import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.BoxProvider;
import hak.core.spi.Option;
import hak.core.spi.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** All values that hold in a profile, those that nobody set too. */
final class ProfileValues {
  private ProfileValues() {}

  /** The lists and options by path, as text. The profile has no errors. */
  static SequencedMap<String, String> of(Profile profile) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    for (Section section : Section.values()) {
      List<String> boxes = profile.boxes(section);
      values.put(section.path(), boxes.isEmpty() ? "none" : String.join(", ", boxes));
    }
    for (Option option : StackOptions.ALL) {
      values.put("stack." + option.name(), option.show(profile.options().number(option)));
    }
    List<BoxProvider> providers = Hak.boxes();
    for (List<String> boxes : profile.boxes().values()) {
      boxes.forEach(box -> addOptions(values, profile, box, providers));
    }
    return values;
  }

  private static void addOptions(
      SequencedMap<String, String> values,
      Profile profile,
      String box,
      List<BoxProvider> providers) {
    BoxProvider provider =
        providers.stream()
            .filter(known -> known.id().equals(Profile.providerId(box)))
            .findFirst()
            .orElseThrow();
    String table = provider.role().section() == Section.TIERS ? "tier." : "box.";
    for (Option option : provider.options()) {
      Object raw = profile.settings(box).get(option.name());
      Object value = raw == null ? option.defaultValue() : option.parse(raw);
      values.put(table + box + "." + option.name(), option.show(value));
    }
  }
}
