package hak.cli.store;

import hak.cli.command.ReportCommand;
import hak.cli.output.Json;
import hak.cli.output.Page;
import hak.cli.output.ProgressLine;
import hak.store.ObjectStore;
import hak.store.StoreStats;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings the free space of a store together. */
@Command(
    name = "compact",
    description = {
      "Moves objects so that scattered free space becomes one stretch; refs and names stay valid.",
      "",
      "The store may be in use: what somebody reads or writes stays where it is. A put does as much"
          + " of it as it needs by itself."
    },
    footer = {"  hak store compact models"})
final class StoreCompactCommand extends ReportCommand<StoreCompactCommand.Report> {
  @Mixin private StorePath path;

  /**
   * What it did.
   *
   * @param movedBytes data that has another place
   */
  record Report(long movedBytes, StoreStats before, StoreStats after) {}

  @Override
  protected Report report(ProgressLine progress) {
    try (ObjectStore store = path.open()) {
      StoreStats before = store.stats();
      return new Report(store.compact(), before, store.stats());
    }
  }

  @Override
  protected void print(Report report, Page page) {
    page.printf(
        "moved %,d bytes; largest free stretch %,d -> %,d bytes, free stretches %,d -> %,d%n",
        report.movedBytes(),
        report.before().largestFreeBytes(),
        report.after().largestFreeBytes(),
        report.before().freeExtents(),
        report.after().freeExtents());
  }

  @Override
  protected String json(Report report) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", path.path().toString());
    map.put("movedBytes", report.movedBytes());
    map.put("before", report.before());
    map.put("after", report.after());
    return Json.of(map);
  }
}
