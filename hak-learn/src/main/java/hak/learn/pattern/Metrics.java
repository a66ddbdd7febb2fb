package hak.learn.pattern;

import java.util.Locale;

/**
 * What a size class did in the last windows.
 *
 * @param windows how many are looked at
 * @param allocations in those windows
 * @param frees in those windows
 * @param share of the allocations of all classes in those windows, in [0, 1]
 * @param freeHitBasisPoints of 10,000 allocations, how many got a block that had been used before;
 *     NaN without an allocation
 * @param retireRatio of the slabs that were in use, the share that retired, in [0, 1]; NaN without
 *     a slab
 * @param peak the mean share of the blocks of its slabs that were in use at most; NaN without a
 *     slab
 * @param utilisation the mean share that was in use at the ends of windows; NaN without a slab then
 * @param growth the share of the allocations by which the number of blocks in use grew, in [0, 1];
 *     NaN without an allocation
 * @param trend whether the number of blocks in use rises: of all pairs of windows, the part in
 *     which the later one has more at its end, less the part in which it has fewer (Kendall's tau);
 *     NaN before the second window
 * @param swing how far the number of blocks in use at the ends of windows went, from its most to
 *     its least, as a part of the most; a tenth of the windows at either end is left out; NaN
 *     without a block
 * @param liveBlocks how many are in use
 * @param quietWindows how many of the last windows in a row had next to no call
 */
public record Metrics(
    int windows,
    long allocations,
    long frees,
    double share,
    double freeHitBasisPoints,
    double retireRatio,
    double peak,
    double utilisation,
    double growth,
    double trend,
    double swing,
    long liveBlocks,
    int quietWindows) {
  /** Before the first window. */
  static final Metrics NONE =
      new Metrics(
          0,
          0,
          0,
          0,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          0,
          0);

  /** A phrase with the figures that tell most; those that are not there are left out. */
  public String phrase() {
    StringBuilder phrase = new StringBuilder();
    append(phrase, "free hits %.0f bp", freeHitBasisPoints);
    append(phrase, "retired %.0f %%", 100 * retireRatio);
    append(phrase, "in use %.0f %%", 100 * utilisation);
    append(phrase, "stays %.0f %%", 100 * growth);
    append(phrase, "swing %.0f %%", 100 * swing);
    if (quietWindows > 0) {
      append(phrase, "quiet for %.0f windows", quietWindows);
    }
    return phrase.toString();
  }

  private static void append(StringBuilder phrase, String format, double value) {
    if (!Double.isNaN(value)) {
      phrase.append(phrase.isEmpty() ? "" : ", ");
      phrase.append(String.format(Locale.ROOT, format, value));
    }
  }
}
