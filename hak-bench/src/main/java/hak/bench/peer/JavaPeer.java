package hak.bench.peer;

import hak.bench.buffer.BufferPeer;
import hak.bench.buffer.BufferPeers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An allocator that Java programs may use instead of HAK, in a JVM of its own.
 *
 * @param name what the command line and reports call it
 * @param description what it is, in a few words
 * @param buffers the allocator; null for the C library by calls that are linked as critical
 */
public record JavaPeer(String name, String description, BufferPeer buffers) {
  /** The heap is resident from the beginning, so what becomes so later lies outside of it. */
  private static final String RESIDENT_HEAP = "-XX:+AlwaysPreTouch";

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

  /** Whether one thread may free what another has allocated. */
  public boolean crossesThreads() {
    return buffers == null || buffers.crossesThreads();
  }

  /** What the JVM is told. */
  TargetOrder order() {
    return buffers == null ? TargetOrder.CRITICAL_FFM : TargetOrder.of(buffers);
  }

  /** Options of the JVM. */
  List<String> jvmOptions() {
    if (buffers == null) {
      return List.of();
    }
    List<String> options = new ArrayList<>(buffers.jvmOptions());
    options.add(RESIDENT_HEAP);
    return options;
  }
}
