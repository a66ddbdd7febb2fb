package hak.cli.output;

import hak.bench.Ratio;
import java.util.Locale;

/** Cells of a table for a ratio; empty where there is none. */
public final class RatioCells {
  private RatioCells() {}

  public static String value(Ratio ratio) {
    return ratio == null ? "" : String.format(Locale.ROOT, "%.3f", ratio.value());
  }

  /** Its interval. */
  public static String interval(Ratio ratio) {
    return ratio == null
        ? ""
        : String.format(Locale.ROOT, "%.3f .. %.3f", ratio.low(), ratio.high());
  }
}
