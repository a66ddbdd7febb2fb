package hak.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.PeerReport;
import hak.bench.PeerRequest;
import hak.bench.Peers;
import hak.bench.Progress;
import hak.bench.Workload;
import hak.bench.buffer.JavaPeer;
import hak.core.Hak;
import java.util.List;
import org.junit.jupiter.api.Test;

class NettyPeerTest {
  private static final List<String> NAMES = List.of("netty-adaptive", "netty-pooled");

  /** Threads that free each other's blocks, in a JVM of its own for each. */
  @Test
  void bothAreComparedOnBlocksThatChangeThreads() {
    List<JavaPeer> netty =
        JavaPeer.all().stream().filter(peer -> NAMES.contains(peer.name())).toList();
    assertEquals(NAMES, netty.stream().map(JavaPeer::name).toList());
    PeerReport report =
        Peers.run(
            new PeerRequest(
                Hak.profile("default"),
                List.of(Workload.synthetic("remote-50", 2)),
                1,
                1,
                netty,
                Progress.NONE));
    List<PeerReport.Comparison> compared =
        report.rows().getFirst().peers().stream()
            .filter(comparison -> NAMES.contains(comparison.peer()))
            .toList();
    assertEquals(NAMES, compared.stream().map(PeerReport.Comparison::peer).toList());
    for (PeerReport.Comparison comparison : compared) {
      assertTrue(comparison.cost().nanosPerEvent() > comparison.cost().floorNanosPerEvent());
      assertTrue(comparison.cost().peakBytes() > 0);
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
