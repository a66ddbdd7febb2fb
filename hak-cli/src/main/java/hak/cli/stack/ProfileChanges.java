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
    for (Alternatives one : alternatives(errors)) {
      changed = each(changed, one, errors);
    }
    for (Profile profile : changed) {
      Hak.check(profile).forEach(problem -> errors.add(profile.name() + ": " + problem));
    }
    if (!errors.isEmpty()) {
      throw new ProfileException(List.copyOf(errors));
    }
    return changed;
  }

  /**
   * What one text of a command line asks for.
   *
   * @param option as {@code --set}
   * @param changes of which each is to be tried
   */
  record Alternatives(String option, List<ProfileChange> changes) {
    /** What a message about one of them is. */
    String message(Exception wrong) {
      return "hak: " + option + ": " + wrong.getMessage();
    }
  }

  /** All of them in the order in which they take effect; what cannot be read is told. */
  List<Alternatives> alternatives(Set<String> errors) {
    List<Alternatives> all = new ArrayList<>();
    parse("--without", without, ProfileChange.Without::of, all, errors);
    parse("--swap", swaps, ProfileChange.Swap::of, all, errors);
    parse("--add", added, ProfileChange.Add::of, all, errors);
    parse("--set", settings, ProfileChange.Set::of, all, errors);
    return all;
  }

  private static void parse(
      String option,
      List<String> texts,
      Function<String, List<ProfileChange>> parser,
      List<Alternatives> all,
      Set<String> errors) {
    for (String text : texts) {
      try {
        all.add(new Alternatives(option, parser.apply(text)));
      } catch (IllegalArgumentException e) {
        errors.add("hak: " + option + ": " + e.getMessage());
      }
    }
  }

  /** Makes each of the changes; what cannot be made is left out and told. */
  private static List<Profile> each(
      List<Profile> profiles, Alternatives alternatives, Set<String> errors) {
    List<Profile> changed = new ArrayList<>();
    for (Profile profile : profiles) {
      for (ProfileChange change : alternatives.changes()) {
        try {
          changed.add(change.applyNamed(profile));
        } catch (IllegalArgumentException e) {
          errors.add(alternatives.message(e));
        }
      }
    }
    return changed.isEmpty() ? profiles : changed;
  }
}
