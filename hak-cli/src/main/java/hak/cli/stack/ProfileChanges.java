package hak.cli.stack;

import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.profile.ProfileException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that change a profile. They take effect in the order in which they stand here. */
public final class ProfileChanges {
  @Option(
      names = "--without",
      paramLabel = "BOX",
      description = "Leave a box out. May be given several times, as the next three may.")
  private List<String> without = List.of();

  @Option(
      names = "--swap",
      paramLabel = "BOX=BOX",
      description = "Put another box in the place of one, with its options at their defaults.")
  private List<String> swaps = List.of();

  @Option(
      names = "--add",
      paramLabel = "BOX[@PLACE]",
      description = "Put a box into its section: at this place, from 1 (default: in front).")
  private List<String> added = List.of();

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUES",
      description =
          "Set box.BOX.OPTION, tier.BOX.OPTION or stack.OPTION; of several values, divided by"
              + " commas, each is compared with the base.")
  private List<String> settings = List.of();

  /** Whether there are none. */
  public boolean isEmpty() {
    return Stream.of(without, swaps, added, settings).allMatch(List::isEmpty);
  }

  /**
   * The changed profile; several where an option is set to several values. They can be opened.
   *
   * @throws ProfileException with the errors of all changes and of all that comes of them
   */
  public List<Profile> apply(Profile base) {
    Set<String> errors = new LinkedHashSet<>();
    List<Profile> changed = List.of(base);
    changed = each(changed, "--without", without, ProfileChange.Without::of, errors);
    changed = each(changed, "--swap", swaps, ProfileChange.Swap::of, errors);
    changed = each(changed, "--add", added, ProfileChange.Add::of, errors);
    changed = each(changed, "--set", settings, ProfileChange.Set::of, errors);
    for (Profile profile : changed) {
      Hak.check(profile).forEach(problem -> errors.add(profile.name() + ": " + problem));
    }
    if (!errors.isEmpty()) {
      throw new ProfileException(List.copyOf(errors));
    }
    return changed;
  }

  /** Makes the changes of one option; what cannot be made is left out and told. */
  private static List<Profile> each(
      List<Profile> profiles,
      String option,
      List<String> texts,
      Function<String, List<ProfileChange>> parser,
      Set<String> errors) {
    List<Profile> changed = profiles;
    for (String text : texts) {
      List<Profile> next = new ArrayList<>();
      for (Profile profile : changed) {
        try {
          parser.apply(text).forEach(change -> next.add(change.applyNamed(profile)));
        } catch (IllegalArgumentException e) {
          errors.add("hak: " + option + ": " + e.getMessage());
        }
      }
      changed = next.isEmpty() ? changed : next;
    }
    return changed;
  }
}
