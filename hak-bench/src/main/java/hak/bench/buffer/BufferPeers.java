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

  /** A replay on a fresh one. */
  public static Replayer replayer(BufferPeer peer, ParallelProgram program, Crew crew) {
    BufferOperations operations = new BufferOperations(peer.open(), new BufferTable(crew.size()));
    long[] threads = LongStream.range(0, crew.size()).toArray();
    return new Replayer(program, operations, crew, threads);
  }
}
