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

/** Gives the memory behind the free space of a store back. */
@Command(
    name = "trim",
    description = {
      "Gives the memory behind free space back to the system, in whole pages of 4 KiB.",
      "",
      "The store may be in use. Who wants the space later gets memory for it again. Without this,"
          + " free stretches of 1 MiB and more are given back 10 s after they came to be, while a"
          + " process has the store open."
    },
    footer = {"  hak store trim models"})
final class StoreTrimCommand extends ReportCommand<StoreTrimCommand.Report> {
  @Mixin private StorePath path;

  /** The ledger before and after. */
  record Report(StoreStats before, StoreStats after) {}

  @Override
  protected Report report(ProgressLine progress) {
    try (ObjectStore store = path.open()) {
      StoreStats before = store.stats();
      store.trim();
      return new Report(before, store.stats());
    }
  }

  @Override
  protected void print(Report report, Page page) {
    page.printf(
        "free %,d bytes; known to have memory behind them: %,d -> %,d%n",
        report.after().freeBytes(),
        report.before().freeBackedBytes(),
        report.after().freeBackedBytes());
  }

  @Override
  protected String json(Report report) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", path.path().toString());
    map.put("before", report.before());
    map.put("after", report.after());
    return Json.of(map);
  }
}
