package hak.policy;

import hak.core.Hak;
import hak.core.profile.Problem;
import hak.core.profile.Profile;
import hak.core.profile.ProfileReader;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads profiles in TOML and checks them against the boxes there are. An exception has a line for
 * each error, {@code file:line:column: message}, ordered by position; the errors of files that are
 * extended follow, under the names of those files.
 */
public final class TomlProfileReader implements ProfileReader {
  /** For the service loader. */
  public TomlProfileReader() {}

  @Override
  public List<String> names() {
    return ProfileSource.Shipped.NAMES;
  }

  @Override
  public Profile read(String name) {
    return readWithOrigins(name).profile();
  }

  @Override
  public Profile read(Path file) {
    return readWithOrigins(file).profile();
  }

  /**
   * Reads a shipped profile, and where each value comes from.
   *
   * @throws hak.core.profile.ProfileException naming every error
   */
  public ReadProfile readWithOrigins(String name) {
    return resolve(new ProfileSource.Shipped(name));
  }

  /**
   * Reads a profile file, and where each value comes from.
   *
   * @throws hak.core.profile.ProfileException naming every error
   */
  public ReadProfile readWithOrigins(Path file) {
    return resolve(new ProfileSource.File(file));
  }

  private static ReadProfile resolve(ProfileSource source) {
    ProfileErrors errors = new ProfileErrors();
    Inheritance resolved = ProfileChain.resolve(source, errors);
    Profile profile = resolved.profile();
    Place top = new Place(0, source.label(), Position.START);
    for (Problem problem : Hak.check(profile)) {
      if (!resolved.isDoubtful(problem)) {
        errors.add(resolved.placeOf(problem, top), problem.message());
      }
    }
    errors.throwIfAny();
    return new ReadProfile(profile, resolved.origins());
  }
}
