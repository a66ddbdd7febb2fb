package hak.bench.hot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.Progress;
import hak.bench.Workload;
import hak.core.Hak;
import hak.core.profile.Profile;
import hak.core.spi.Section;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HotTest {
  private static final Workload REMOTE = Workload.synthetic("remote-50:steps=50000");

  @Test
  void aBoxThatTakesTimeIsFoundAndSlowPathsAreCounted() {
    Profile slowed =
        Hak.profile("default")
            .withMore(Section.CACHES, 0, "drag")
            .withSetting("drag", "steps", 900L);
    HotReport report =
        Hot.run(new HotRequest(slowed, REMOTE, Duration.ofMillis(500), Progress.NONE));
    assertTrue(report.samples() > 20, report.samples() + " samples");
    assertEquals("drag", report.layers().getFirst().layer(), report.layers().toString());
    assertTrue(report.lines().getFirst().place().startsWith("Drag."), report.lines().toString());
    assertEquals(
        report.samples(), report.layers().stream().mapToLong(HotReport.LayerShare::samples).sum());
    Map<String, Long> counts =
        report.causes().stream()
            .collect(Collectors.toMap(HotReport.CauseRate::method, HotReport.CauseRate::count));
    assertEquals(SlowPaths.CAUSES.size(), counts.size());
    assertTrue(counts.get("RemoteBatches.free") > 0, counts.toString());
    assertTrue(counts.get("RemoteFrees.freeAll") > 0, counts.toString());
    assertTrue(counts.get("RemoteFrees.drain") > 0, counts.toString());
    assertEquals(REMOTE.program().calls(), report.events());
  }
}
