package hak.bench.buffer;

import hak.bench.replay.Crew;
import hak.bench.replay.Replayer;
import hak.bench.trace.ParallelProgram;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.LongStream;

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

  /**
   * A fresh one as the replay loop sees it.
   *
   * @param threads how many replay; each is at home under its number
   */
  public static BufferOperations open(BufferPeer peer, int threads) {
    return new BufferOperations(peer.open(), new BufferTable(threads));
  }
}
