package hak.cli.stack;

import hak.core.Hak;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.ProfileException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option {@code --without}: switches that take single boxes out of a profile. */
public final class WithoutOption {
  @Option(
      names = "--without",
      paramLabel = "BOX",
      description = "Leave a box of the profile out. May be given several times.")
  private List<String> boxes = List.of();

  /**
   * The profile without them; its name says so.
   *
   * @throws ProfileException with all that is wrong: a box that is not there, or what another box
   *     misses then
   */
  public Profile applyTo(Profile profile) {
    Profile rest = profile;
    List<String> errors = new ArrayList<>();
    for (String box : boxes) {
      try {
        rest = new ProfileChange.Without(box).applyNamed(rest);
      } catch (IllegalArgumentException e) {
        errors.add("hak: --without: " + e.getMessage());
      }
    }
    for (Problem problem : Hak.check(rest)) {
      errors.add(rest.name() + ": " + problem);
    }
    if (!errors.isEmpty()) {
      throw new ProfileException(errors);
    }
    return rest;
  }
}
