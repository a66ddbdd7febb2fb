package hak.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import hak.core.LayerCount;
import hak.core.Ledger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reports as JSON. The names of the fields are part of the interface: fields are added, none is
 * renamed.
 */
public final class ReportJson {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().setPrettyPrinting().disableHtmlEscaping().create();

  private ReportJson() {}

  /** The JSON text of a run. */
  public static String of(RunReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("profile", report.profile());
    json.put("jdk", report.jdk());
    json.put("runs", report.runs().stream().map(ReportJson::run).toList());
    json.put("ledger", ledger(report.ledger()));
    return GSON.toJson(json);
  }

  /** The JSON text of a comparison with peers. */
  public static String of(PeerReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("profile", report.profile());
    json.put("jdk", report.jdk());
    json.put("threads", report.threads());
    json.put("rounds", report.rounds());
    json.put("forks", report.forks());
    json.put("rows", report.rows());
    json.put("totals", report.totals());
    json.put("skipped", report.skipped());
    return GSON.toJson(json);
  }

  private static Map<String, Object> run(RunReport.Run run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("workload", run.workload());
    json.put("threads", run.threads());
    json.put("rounds", run.rounds());
    json.put("events", run.events());
    json.put("verified", run.verified());
    json.put("verificationFailure", run.verificationFailure());
    json.put("nanosPerEvent", nanos(run.nanosPerEvent()));
    json.put("rssBytes", rss(run.rssBytes()));
    json.put("pageFaults", run.pageFaults());
    json.put("syscallsPerEvent", run.syscallsPerEvent());
    json.put("boxes", run.boxes() == null ? null : boxes(run.boxes()));
    json.put("ledgerAtEnd", ledger(run.ledgerAtEnd()));
    return json;
  }

  private static Map<String, Object> nanos(RunReport.Nanos nanos) {
    if (nanos == null) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("best", nanos.best());
    json.put("median", nanos.median());
    json.put("floor", nanos.floor());
    return json;
  }

  private static Map<String, Object> rss(RunReport.Rss rss) {
    if (rss == null) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("baseline", rss.baseline());
    json.put("peak", rss.peak());
    json.put("final", rss.last());
    return json;
  }

  private static List<Map<String, Object>> boxes(List<LayerCount> boxes) {
    return boxes.stream().map(ReportJson::box).toList();
  }

  private static Map<String, Object> box(LayerCount box) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", box.id());
    json.put("pops", box.pops());
    json.put("hits", box.hits());
    json.put("pushes", box.pushes());
    json.put("accepted", box.accepted());
    return json;
  }

  private static Map<String, Object> ledger(Ledger ledger) {
    if (ledger == null) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("liveBytes", ledger.liveBytes());
    json.put("slackBytes", ledger.slackBytes());
    json.put("cachedBytes", ledger.cachedBytes());
    json.put("remoteBytes", ledger.remoteBytes());
    json.put("freeBytes", ledger.freeBytes());
    json.put("purgedBytes", ledger.purgedBytes());
    json.put("metadataBytes", ledger.metadataBytes());
    json.put("committedBytes", ledger.committedBytes());
    json.put("liveBlocks", ledger.liveBlocks());
    return json;
  }
}
