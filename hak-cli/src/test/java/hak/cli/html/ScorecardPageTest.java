package hak.cli.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hak.bench.Change;
import hak.bench.Machine;
import hak.bench.PeerReport;
import hak.bench.Ratio;
import hak.bench.RunReport;
import hak.bench.latency.LatencyReport;
import hak.bench.saved.Provenance;
import hak.bench.score.ScorecardReport;
import hak.core.LayerCount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scorecard looks like, with figures that are made up. */
public class ScorecardPageTest {
  private static final Ratio RATIO = new Ratio(0.8, 0.7, 0.9);

  @TempDir private Path folder;

  /** A report on one workload. */
  public static ScorecardReport report() {
    PeerReport.Cost cost = new PeerReport.Cost(8, 7, 4, 3L << 20, List.of(8.0), List.of(4.0));
    PeerReport.Row row =
        new PeerReport.Row(
            "random-<mixed>",
            100,
            cost,
            List.of(
                new PeerReport.Comparison("glibc", cost, RATIO, null, Change.FASTER),
                new PeerReport.Comparison(
                    PeerReport.THROUGH_FFM, cost, RATIO, null, Change.WITHIN_NOISE)),
            1,
            "f00d",
            0,
            0,
            0);
    PeerReport peers =
        new PeerReport(
            "default",
            "25",
            1,
            8,
            1,
            List.of(row),
            List.of(
                new PeerReport.Total("glibc", RATIO, null, "random-<mixed>"),
                new PeerReport.Total(PeerReport.THROUGH_FFM, RATIO, null, "random-<mixed>")),
            List.of(new PeerReport.Skipped("mimalloc", "not installed")));
    RunReport.Run run =
        new RunReport.Run(
            "random-<mixed>",
            1,
            1,
            100,
            null,
            null,
            null,
            new RunReport.Rss(0, 2 << 20, 0, List.of(1L << 20, 2L << 20, 1L << 20)),
            null,
            null,
            List.of(new LayerCount("tls-sll", 10, 9, 10, 10)),
            null,
            null,
            null,
            null,
            null,
            null);
    LatencyReport.Times times = new LatencyReport.Times("malloc", 64, 1_000, 3, 9, 30, 80, 90, 99);
    LatencyReport latency =
        new LatencyReport(
            "default",
            "25",
            false,
            List.of(
                new LatencyReport.Run(
                    "random-<mixed>", 1, 8, 25, times, List.of(times), List.of(), List.of())));
    return new ScorecardReport(
        new Provenance(
            "2026-11-26T00:00:00Z", new Machine("a processor", 2, 1, "Linux", 0.5), "25", "abc"),
        true,
        peers,
        List.of(new ScorecardReport.Best("random-<mixed>", "glibc", RATIO)),
        new RunReport("default", "25", List.of(run), null),
        latency);
  }

  @Test
  void allPartsAreThereAndNothingIsFetched() {
    String page = ScorecardPage.of(report());
    for (String part :
        List.of(
            "Time by that of glibc",
            "8.0 by 8.0 ns",
            "0.80 (0.70 .. 0.90)",
            "badge go\">faster",
            "badge neutral\">within noise",
            "Left out: mimalloc: not installed",
            "<polyline points=\"0,15.0 1,0.0 2,15.0\"",
            "malloc to 64 B",
            "90.0%",
            "geometric mean: 0.80",
            "prefers-color-scheme: dark")) {
      assertTrue(page.contains(part), part + " in " + page);
    }
    assertFalse(page.contains("http"), "needs the network");
    assertFalse(page.contains("<mixed>"), "text is escaped");
  }

  @Test
  void fitsAPhone() throws IOException {
    OptionalInt plots = PhoneBrowser.plotsOf(ScorecardPage.of(report()), folder);
    assumeTrue(plots.isPresent(), "no browser that starts");
    assertEquals(5, plots.getAsInt());
  }
}
