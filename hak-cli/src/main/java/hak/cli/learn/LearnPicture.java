package hak.cli.learn;

import hak.bench.shadow.LearnCurves;
import hak.bench.shadow.LearnReport;
import hak.bench.shadow.LearnReport.Arm;
import hak.cli.output.Page;
import hak.cli.output.TextPlot;
import java.util.Comparator;
import java.util.List;

/** The cost of calls by window as a picture of text. */
final class LearnPicture {
  private LearnPicture() {}

  /** Prints it for the cache of the profile; where there is none, for the one that costs least. */
  static void print(LearnReport report, LearnCurves curves, Page page) {
    int capacity =
        report.first() != 0
            ? report.first()
            : report.arms().stream()
                .filter(arm -> arm.capacity() != 0)
                .min(Comparator.comparingDouble(Arm::cost))
                .orElseThrow()
                .capacity();
    List<Long> percents =
        curves.curve(capacity).costs().stream()
            .limit(curves.counted())
            .map(cost -> Math.round(100 * cost))
            .toList();
    if (!percents.isEmpty()) {
      page.printf(
          "Cost of a call by window with tls-sll of %d, in percent of one without a cache%n",
          capacity);
      TextPlot.of(percents).forEach(page::println);
    }
  }
}
