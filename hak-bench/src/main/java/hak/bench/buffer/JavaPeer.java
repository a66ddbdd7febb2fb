package hak.bench.buffer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An allocator that Java programs may use instead of HAK, in a JVM of its own.
 *
 * @param name what the command line and reports call it
 * @param description what it is, in a few words
 * @param buffers the allocator; null for the C library by calls that are linked as critical
 */
public record JavaPeer(String name, String description, BufferPeer buffers) {
  private static final JavaPeer CRITICAL_FFM =
      new JavaPeer(
          "ffm-critical",
          "malloc of the C library through FFM, linked with Linker.Option.critical",
          null);

  /** All that are here. */
  public static List<JavaPeer> all() {
    return Stream.concat(
            Stream.of(CRITICAL_FFM),
            BufferPeers.all().stream()
                .map(peer -> new JavaPeer(peer.name(), peer.description(), peer)))
        .toList();
  }

  /** Why it cannot be compared here; nothing where it can. */
  public Optional<String> missing() {
    return buffers == null ? Optional.empty() : buffers.missing();
  }

  /** Whether one thread may free what another has allocated. */
  public boolean crossesThreads() {
    return buffers == null || buffers.crossesThreads();
  }
}
