package hak.cli.stack;

import hak.cli.stack.ProfileChanges.Alternatives;
import hak.core.Hak;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.ProfileException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * All combinations of changes of a profile: of each option with several values one of these, a
 * single value in all; a box that is left out, swapped or added both so and as it was.
 *
 * <p>Of combinations that come to the same stack the first is a candidate, and of those that come
 * to the base none. What sets an option of a box that is not in a combination has no effect in it.
 */
public final class ProfileGrid {
  /**
   * A combination that makes no profile.
   *
   * @param name what it would have been called
   * @param reason the first thing that is wrong with it
   */
  public record LeftOut(String name, String reason) {}

  private static final String SET = "--set";

  private final Profile base;
  private final List<Alternatives> dimensions;

  /** Each candidate by all of its values. */
  private final Map<Map<String, String>, Profile> candidates = new LinkedHashMap<>();

  private final List<LeftOut> leftOut = new ArrayList<>();

  /** Boxes that some combination has. */
  private final Set<String> boxes = new HashSet<>();

  /** Changes that some combination can be opened with. */
  private final Set<ProfileChange> possible = new HashSet<>();

  /** Of the others, why not. */
  private final Map<ProfileChange, String> impossible = new LinkedHashMap<>();

  private ProfileGrid(Profile base, List<Alternatives> dimensions) {
    this.base = base;
    this.dimensions = dimensions;
  }

  /**
   * Makes all of them.
   *
   * @param base can be opened
   * @param most more combinations are refused
   * @throws ProfileException with what cannot be read, with how many there would be, or with
   *     changes that no combination can be opened with
   */
  public static ProfileGrid of(Profile base, ProfileChanges changes, int most) {
    Set<String> errors = new LinkedHashSet<>();
    ProfileGrid grid = new ProfileGrid(base, changes.alternatives(errors));
    if (errors.isEmpty()) {
      BigInteger count = grid.count();
      if (count.compareTo(BigInteger.valueOf(most)) > 0) {
        errors.add(
            String.format(
                Locale.ROOT,
                "hak: that makes %,d combinations; at most %,d are searched",
                count,
                most));
      } else {
        grid.makeAll();
        errors.addAll(grid.impossible.values());
      }
    }
    if (!errors.isEmpty()) {
      throw new ProfileException(List.copyOf(errors));
    }
    return grid;
  }

  private BigInteger count() {
    return dimensions.stream()
        .map(one -> BigInteger.valueOf(choices(one)))
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  /** Of a box that is changed or not, two. */
  private static int choices(Alternatives dimension) {
    int changes = dimension.changes().size();
    return isSet(dimension) ? changes : changes + 1;
  }

  private static boolean isSet(Alternatives dimension) {
    return dimension.option().equals(SET);
  }

  private void makeAll() {
    base.boxes().values().forEach(boxes::addAll);
    for (Alternatives dimension : dimensions) {
      for (ProfileChange change : dimension.changes()) {
        switch (change) {
          case ProfileChange.Swap swap -> boxes.add(swap.other());
          case ProfileChange.Add add -> boxes.add(add.box());
          case ProfileChange.Without _, ProfileChange.Set _ -> {}
        }
      }
    }
    make(0, base, new ArrayList<>());
    possible.forEach(impossible::remove);
  }

  /** All that can follow the choices so far, those without a change first. */
  private void make(int dimension, Profile profile, List<ProfileChange> made) {
    if (dimension == dimensions.size()) {
      take(profile, made);
      return;
    }
    Alternatives alternatives = dimensions.get(dimension);
    if (!isSet(alternatives)) {
      make(dimension + 1, profile, made);
    }
    for (ProfileChange change : alternatives.changes()) {
      if (isWithoutEffect(change, profile)) {
        make(dimension + 1, profile, made);
        continue;
      }
      Profile changed;
      try {
        changed = change.applyNamed(profile);
      } catch (IllegalArgumentException e) {
        leftOut.add(new LeftOut(profile.name() + " " + change.label(), e.getMessage()));
        impossible.putIfAbsent(change, alternatives.message(e));
        continue;
      }
      made.add(change);
      make(dimension + 1, changed, made);
      made.removeLast();
    }
  }

  private boolean isWithoutEffect(ProfileChange change, Profile profile) {
    return change instanceof ProfileChange.Set set
        && set.box().filter(box -> boxes.contains(box) && !profile.has(box)).isPresent();
  }

  private void take(Profile profile, List<ProfileChange> made) {
    List<Problem> problems = Hak.check(profile);
    if (!problems.isEmpty()) {
      String reason = problems.getFirst().toString();
      leftOut.add(new LeftOut(profile.name(), reason));
      made.forEach(change -> impossible.putIfAbsent(change, base.name() + ": " + reason));
      return;
    }
    possible.addAll(made);
    Map<String, String> values = ProfileValues.of(profile);
    if (!values.equals(ProfileValues.of(base))) {
      candidates.putIfAbsent(values, profile);
    }
  }

  /** The profiles that differ from the base and from each other; they can be opened. */
  public List<Profile> candidates() {
    return List.copyOf(candidates.values());
  }

  /** The combinations that cannot be. */
  public List<LeftOut> leftOut() {
    return List.copyOf(new LinkedHashSet<>(leftOut));
  }

  /**
   * What a profile has otherwise than the base.
   *
   * @return the paths of lists and options, such as {@code box.tls-sll.capacity}
   */
  public static List<String> changedPaths(Profile base, Profile profile) {
    Map<String, String> before = ProfileValues.of(base);
    return ProfileValues.of(profile).entrySet().stream()
        .filter(value -> !value.getValue().equals(before.get(value.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }
}
