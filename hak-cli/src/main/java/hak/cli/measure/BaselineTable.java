package hak.cli.measure;

import hak.bench.saved.BaselineReport;
import hak.cli.output.Page;
import hak.cli.output.RatioCells;
import hak.cli.output.TextTable;

/** What figures are beside kept ones, as text. */
final class BaselineTable {
  private BaselineTable() {}

  static void print(BaselineReport report, Page page) {
    page.println();
    if (report.rows().isEmpty()) {
      page.printf("baseline %s: nothing of this was kept%n", report.name());
      return;
    }
    page.printf("baseline %s of %s%n", report.name(), report.then().date());
    report.now().differencesFrom(report.then()).forEach(page::println);
    page.println();
    TextTable table =
        new TextTable(
            "ns per event",
            "allocator",
            ">then",
            ">floor",
            ">now",
            ">floor",
            ">by floors",
            "95 %",
            "is");
    for (BaselineReport.Row row : report.rows()) {
      table.row(
          row.workload(),
          row.allocator(),
          TextTable.decimal(row.then()),
          TextTable.decimal(row.thenFloor()),
          TextTable.decimal(row.now()),
          TextTable.decimal(row.nowFloor()),
          RatioCells.value(row.ratio()),
          RatioCells.interval(row.ratio()),
          row.change().toString());
    }
    page.print(table);
    report.missing().forEach(figure -> page.printf("not kept then: %s%n", figure));
  }
}
