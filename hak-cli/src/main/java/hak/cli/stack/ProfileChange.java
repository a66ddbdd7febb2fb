package hak.cli.stack;

import hak.core.Hak;
import hak.core.profile.NearestName;
import hak.core.profile.Profile;
import hak.core.profile.StackOptions;
import hak.core.spi.BoxProvider;
import hak.core.spi.Option;
import hak.core.spi.Section;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One change of a profile. A text of a command line may say several, of which each is to be tried.
 */
sealed interface ProfileChange {
  /** How the name of the changed profile shows it. */
  String label();

  /**
   * The changed profile.
   *
   * @throws IllegalArgumentException saying what cannot be
   */
  Profile apply(Profile profile);

  /** The changed profile under a name that says so; as {@link #apply}. */
  default Profile applyNamed(Profile profile) {
    return apply(profile).withName(profile.name() + " " + label());
  }

  /** Takes a box out. */
  record Without(String box) implements ProfileChange {
    static List<ProfileChange> of(String box) {
      return List.of(new Without(box));
    }

    @Override
    public String label() {
      return "-" + box;
    }

    @Override
    public Profile apply(Profile profile) {
      return profile.without(box);
    }
  }

  /** Puts a box in the place of another. */
  record Swap(String box, String other) implements ProfileChange {
    static final String FORM = "BOX=BOX, such as tls-sll=ring-cache";

    static List<ProfileChange> of(String text) {
      Pair pair = Pair.of(text, FORM);
      return List.of(new Swap(pair.key(), pair.value()));
    }

    @Override
    public String label() {
      return box + "=" + other;
    }

    @Override
    public Profile apply(Profile profile) {
      profile.requireBox(box);
      return profile.withSwapped(box, other);
    }
  }

  /**
   * Puts a box into its section.
   *
   * @param place its place there, from 1
   */
  record Add(String box, int place) implements ProfileChange {
    private static final Pattern FORM = Pattern.compile("([^@]+)(?:@(\\d{1,3}))?");

    static List<ProfileChange> of(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "'" + text + "' is not BOX or BOX@PLACE, such as ring-cache@2");
      }
      String place = matcher.group(2);
      return List.of(new Add(matcher.group(1), place == null ? 1 : Integer.parseInt(place)));
    }

    @Override
    public String label() {
      return "+" + box + (place == 1 ? "" : "@" + place);
    }

    @Override
    public Profile apply(Profile profile) {
      List<BoxProvider> boxes = Hak.boxes();
      Section section =
          boxes.stream()
              .filter(provider -> provider.id().equals(Profile.providerId(box)))
              .map(provider -> provider.role().section())
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "no box '"
                          + box
                          + "'"
                          + NearestName.hint(box, boxes.stream().map(BoxProvider::id).toList())));
      int last = profile.boxes(section).size() + 1;
      if (place < 1 || place > last) {
        throw new IllegalArgumentException(
            "no place "
                + place
                + " for '"
                + box
                + "' in "
                + section.path()
                + "; the last is "
                + last);
      }
      return profile.withMore(section, place - 1, box);
    }
  }

  /** Sets an option of a box or of the stack. */
  record Set(String path, String value) implements ProfileChange {
    static final String FORM = "PATH=VALUE, such as box.tls-sll.capacity=64";
    private static final Pattern PATH =
        Pattern.compile("stack\\.([^.]+)|(?:box|tier)\\.([^.]+)\\.([^.]+)");

    /** The box whose option it is; empty if that is the stack's, or the path is none. */
    Optional<String> box() {
      Matcher matcher = PATH.matcher(path);
      return matcher.matches() ? Optional.ofNullable(matcher.group(2)) : Optional.empty();
    }

    /** One for each of several values, which commas divide. */
    static List<ProfileChange> of(String text) {
      Pair pair = Pair.of(text, FORM);
      return Stream.of(pair.value().split(",", -1))
          .map(value -> (ProfileChange) new Set(pair.key(), value))
          .toList();
    }

    @Override
    public String label() {
      return path + "=" + value;
    }

    @Override
    public Profile apply(Profile profile) {
      Matcher matcher = PATH.matcher(path);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "'"
                + path
                + "' is not box.BOX.OPTION, tier.BOX.OPTION or stack.OPTION, such as"
                + " box.tls-sll.capacity");
      }
      if (matcher.group(1) != null) {
        return withStackOption(profile, matcher.group(1));
      }
      profile.requireBox(matcher.group(2));
      return profile.withSetting(matcher.group(2), matcher.group(3), rawValue());
    }

    private Profile withStackOption(Profile profile, String name) {
      Optional<Option> option =
          StackOptions.ALL.stream().filter(known -> known.name().equals(name)).findFirst();
      if (option.isEmpty()) {
        List<String> names = StackOptions.ALL.stream().map(Option::name).toList();
        throw new IllegalArgumentException(
            "the stack has no option '" + name + "'" + NearestName.hint(name, names));
      }
      try {
        return profile.with(option.get(), (Long) option.get().parse(rawValue()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
      }
    }

    /** What a profile file would hold. */
    private Object rawValue() {
      if (value.equals("true") || value.equals("false")) {
        return Boolean.valueOf(value);
      }
      return value.matches("-?\\d{1,18}") ? (Object) Long.valueOf(value) : value;
    }
  }

  /** Two words with an equals sign between them. */
  record Pair(String key, String value) {
    static Pair of(String text, String form) {
      int mark = text.indexOf('=');
      if (mark < 1 || mark == text.length() - 1) {
        throw new IllegalArgumentException("'" + text + "' is not " + form);
      }
      return new Pair(text.substring(0, mark), text.substring(mark + 1));
    }
  }
}
