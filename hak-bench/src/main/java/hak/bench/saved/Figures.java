package hak.bench.saved;

import hak.bench.PeerReport;
import hak.bench.RunReport;
import java.util.ArrayList;
import java.util.List;

/** The figures of reports, to be kept. */
public final class Figures {
  private static final String HAK = "HAK";

  private Figures() {}

  /** Those of a run: what was not timed is left out. */
  public static List<SavedFigure> of(RunReport report) {
    Provenance here = Provenance.here();
    return report.runs().stream()
        .filter(run -> run.nanosPerEvent() != null)
        .map(run ->
            new SavedFigure(
                here,
                "run",
                report.profile(),
                run.workload(),
                run.threads(),
                HAK,
                1,
                run.nanosPerEvent().rounds(),
                run.nanosPerEvent().floorRounds()))
        .toList();
  }

  /** Those of a comparison with peers: HAK's and the peers'. */
  public static List<SavedFigure> of(PeerReport report) {
    Provenance here = Provenance.here();
    List<SavedFigure> figures = new ArrayList<>();
    for (PeerReport.Row row : report.rows()) {
      figures.add(figure(here, report, row, HAK, row.hak()));
      row.peers().forEach(peer -> figures.add(figure(here, report, row, peer.peer(), peer.cost())));
    }
    return figures;
  }

  private static SavedFigure figure(
      Provenance here,
      PeerReport report,
      PeerReport.Row row,
      String allocator,
      PeerReport.Cost cost) {
    return new SavedFigure(
        here,
        "peers",
        report.profile(),
        row.workload(),
        row.threads(),
        allocator,
        report.forks(),
        cost.samples(),
        cost.floorSamples());
  }
}
