package hak.bench.peer;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.core.profile.ProfileReader;
import hak.core.spi.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * A stack that another process is to open. Reports call it {@code PROFILE} or {@code
 * PROFILE|CACHE,CACHE,...}, which has these caches in place of the profile's.
 *
 * @param profile the name of a shipped profile, or the path of a profile file
 * @param caches the caches; null for the profile's own
 */
public record StackSpec(String profile, List<String> caches) {
  private static final String SEPARATOR = "|";

  /** A profile as it is. */
  public static StackSpec of(String profile) {
    return new StackSpec(profile, null);
  }

  /** A profile with more caches in front. */
  public static StackSpec withCachesInFront(String profile, List<String> more) {
    List<String> own = read(profile).boxes(Section.CACHES);
    return new StackSpec(profile, Stream.concat(more.stream(), own.stream()).toList());
  }

  /**
   * Reads a profile.
   *
   * @throws hak.core.profile.ProfileException if it cannot be
   */
  private static Profile read(String profile) {
    if (!isFile(profile)) {
      return Hak.profile(profile);
    }
    return ServiceLoader.load(ProfileReader.class)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no profile reader: add the module hak.policy"))
        .read(Path.of(profile));
  }

  /** Whether a word names a file and not a shipped profile. */
  public static boolean isFile(String profile) {
    return profile.contains("/") || profile.endsWith(".toml");
  }

  @Override
  public String toString() {
    return caches == null ? profile : profile + SEPARATOR + String.join(",", caches);
  }

  /**
   * Opens the stack.
   *
   * @throws hak.core.profile.ProfileException if it cannot be
   */
  HakAllocator open() {
    Profile own = read(profile);
    return Hak.open(caches == null ? own : own.with(Section.CACHES, caches));
  }
}
