package hak.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Workload;
import hak.bench.buffer.JavaPeer;
import hak.bench.peer.Contestant;
import hak.bench.peer.JavaReplay;
import hak.bench.peer.StoredProgram;
import hak.bench.trace.ParallelProgram;
import hak.bench.trace.ProgramFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NettyPeerTest {
  private static final List<String> NAMES = List.of("netty-adaptive", "netty-pooled");

  private static List<JavaPeer> netty() {
    return JavaPeer.all().stream().filter(peer -> NAMES.contains(peer.name())).toList();
  }

  /** Threads that free each other's blocks, in a JVM of its own. */
  @Test
  void bothReplayBlocksThatChangeThreads(@TempDir Path folder) throws IOException {
    assertEquals(NAMES, netty().stream().map(JavaPeer::name).toList());
    ParallelProgram program = Workload.synthetic("remote-50", 2).program();
    Path file = folder.resolve("remote.program");
    ProgramFile.write(program, file);
    for (JavaPeer peer : netty()) {
      try (Contestant contestant = JavaReplay.peer(peer, StoredProgram.of(program, file))) {
        assertTrue(contestant.round(0) > 0);
        assertTrue(contestant.peakBytes(0) > 0);
      }
    }
  }

  @Test
  void theVersionIsNamed() {
    assertTrue(NettyPeer.version().startsWith("4.2."), NettyPeer.version());
    for (NettyPeer peer : List.of(new PooledPeer(), new AdaptivePeer())) {
      assertTrue(peer.description().contains(NettyPeer.version()), peer.description());
    }
  }
}
