package hak.cli.stack;

import hak.cli.command.CommandFailedException;
import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.core.profile.ProfileException;
import hak.core.profile.ProfileReader;
import hak.policy.ReadProfile;
import hak.policy.TomlProfileReader;
import java.io.File;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine.ITypeConverter;

/**
 * A profile as a command line names it: a file if there is a {@code /} in it or it ends with {@code
 * .toml}, else the name of a shipped one.
 */
public record ProfileArgument(String text) {
  /** What a shell completes. */
  public static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Hak.profiles().iterator();
    }
  }

  /** Makes picocli read one. */
  public static final class Converter implements ITypeConverter<ProfileArgument> {
    @Override
    public ProfileArgument convert(String value) {
      return new ProfileArgument(value);
    }
  }

  public boolean isFile() {
    return text.contains(File.separator) || text.endsWith(".toml");
  }

  /** Reads the profile; a ProfileException names all that is wrong with it. */
  public Profile read() {
    if (!isFile()) {
      return Hak.profile(text);
    }
    return ServiceLoader.load(ProfileReader.class)
        .findFirst()
        .orElseThrow(() ->
            CommandFailedException.failed("no profile reader: the module hak.policy is missing"))
        .read(Path.of(text));
  }

  /** As {@link #read}, with the place where each value was set. */
  ReadProfile readWithOrigins() {
    TomlProfileReader reader = new TomlProfileReader();
    return isFile() ? reader.readWithOrigins(Path.of(text)) : reader.readWithOrigins(text);
  }

  /** All that is wrong with the profile, none if it opens. */
  List<String> errors() {
    try {
      return Hak.check(read()).stream().map(problem -> text + ": " + problem).toList();
    } catch (ProfileException e) {
      return e.errors();
    }
  }

  /**
   * Reads profiles that open, so that errors come before a long run.
   *
   * @throws ProfileException with the errors of all of them
   */
  public static List<Profile> readAll(List<ProfileArgument> arguments) {
    List<String> errors =
        arguments.stream().map(ProfileArgument::errors).flatMap(List::stream).toList();
    if (!errors.isEmpty()) {
      throw new ProfileException(errors);
    }
    return arguments.stream().map(ProfileArgument::read).toList();
  }

  /** Opens the stack. */
  public HakAllocator open() {
    return isFile() ? Hak.open(Path.of(text)) : Hak.open(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
