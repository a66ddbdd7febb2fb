package hak.cli.html;

import hak.bench.ab.AbReport;

public final class AbPage {
  public static String of(AbReport report) {
    return report.toString();
  }
}
