package hak.core.profile;

import java.nio.file.Path;
import java.util.List;

/**
 * Turns a profile's name or file into a {@link Profile}. Found with {@link
 * java.util.ServiceLoader}.
 */
public interface ProfileReader {
  /** The names of the profiles that are shipped. */
  List<String> names();

  /**
   * Reads a shipped profile.
   *
   * @throws ProfileException naming every error
   */
  Profile read(String name);

  /**
   * Reads a profile file.
   *
   * @throws ProfileException naming every error
   */
  Profile read(Path file);
}
