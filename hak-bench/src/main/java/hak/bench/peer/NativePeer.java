package hak.bench.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An allocator for C programs.
 *
 * @param name what reports call it
 * @param library the library to preload; empty for the C library's own
 */
public record NativePeer(String name, Optional<Path> library) {
  /** The allocator of the C library. */
  public static final NativePeer GLIBC = new NativePeer("glibc", Optional.empty());

  /**
   * An allocator that may be installed.
   *
   * @param name what reports call it
   * @param fileNames names of its library, the preferred one first
   */
  public record Known(String name, List<String> fileNames) {}

  /** All that are looked for beside {@link #GLIBC}. */
  public static final List<Known> KNOWN =
      List.of(
          new Known("mimalloc", List.of("libmimalloc.so.2", "libmimalloc.so.3", "libmimalloc.so")),
          new Known("jemalloc", List.of("libjemalloc.so.2")),
          new Known("tcmalloc", List.of("libtcmalloc_minimal.so.4", "libtcmalloc.so.4")));

  /** The peer with the library of a known allocator, if it is installed. */
  public static Optional<NativePeer> find(Known known) {
    return SharedLibraries.find(known.fileNames())
        .map(library -> new NativePeer(known.name(), Optional.of(library)));
  }
}
