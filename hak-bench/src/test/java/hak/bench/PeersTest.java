package hak.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.buffer.JavaPeer;
import hak.bench.trace.Program;
import hak.bench.trace.ProgramBuilder;
import hak.core.Hak;
import hak.core.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PeersTest {
  /** Whose blocks a collector frees: they take long. */
  private static final Set<String> COLLECTED = Set.of("allocate-direct", "auto-arena");

  private static Program program() {
    ProgramBuilder builder = new ProgramBuilder(1000);
    List<Integer> live = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      live.add(builder.malloc(i % 2000));
      live.add(builder.malloc(40));
      builder.free(live.remove(/* index */ i % live.size()));
    }
    return builder.build();
  }

  @Test
  void everyPeerIsComparedOrNamed() {
    Workload small = Workload.copies("small", 1, PeersTest::program);
    List<Long> done = new ArrayList<>();
    long[] announced = new long[1];
    Progress progress =
        (_, _, step, total) -> {
          done.add(step);
          announced[0] = total;
        };
    Profile profile = Hak.profile("default");
    List<JavaPeer> also =
        JavaPeer.all().stream().filter(peer -> !COLLECTED.contains(peer.name())).toList();
    PeerReport report = Peers.run(new PeerRequest(profile, List.of(small), 2, 1, also, progress));
    PeerReport.Row row = report.rows().getFirst();
    assertEquals("small", row.workload());
    assertEquals(9000, row.events());
    assertNotNull(row.hak().peakBytes());
    List<String> peers = row.peers().stream().map(PeerReport.Comparison::peer).toList();
    List<String> skipped = report.skipped().stream().map(PeerReport.Skipped::peer).toList();
    List<String> all = Stream.concat(peers.stream(), skipped.stream()).sorted().toList();
    assertEquals(
        List.of(
            "confined-arena",
            "ffm-critical",
            "glibc",
            "jemalloc",
            "malloc through FFM",
            "mimalloc",
            "tcmalloc",
            "unsafe"),
        all);
    for (PeerReport.Comparison comparison : row.peers()) {
      assertTrue(comparison.cost().bestNanosPerEvent() > 0);
      assertTrue(comparison.raw().low() <= comparison.raw().value());
      assertTrue(comparison.raw().value() <= comparison.raw().high());
    }
    assertEquals(peers, report.totals().stream().map(PeerReport.Total::peer).toList());
    assertEquals(announced[0], done.getLast());
  }
}
