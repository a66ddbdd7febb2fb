package hak.bench.buffer;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The allocators of Java programs that are here. */
public final class BufferPeers {
  private BufferPeers() {}

  /** All, ordered by name. */
  public static List<BufferPeer> all() {
    return ServiceLoader.load(BufferPeer.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(BufferPeer::name))
        .toList();
  }

  /** The one of a name. */
  public static Optional<BufferPeer> find(String name) {
    return all().stream().filter(peer -> peer.name().equals(name)).findFirst();
  }
}
