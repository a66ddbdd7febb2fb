package hak.cli.output;

import hak.bench.Progress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar on standard error, where that is a terminal and nobody reads JSON; else nothing.
 */
public final class ProgressLine implements Progress, AutoCloseable {
  private static final int UPDATE_MILLIS = 250;

  /** Shorter ones are over before anybody reads a bar. */
  private static final long LONG_COPY_BYTES = 64 << 20;

  private final boolean isShown;
  private final long leastTotal;
  private final String unit;
  private final long unitSize;
  private ProgressBar bar;

  private ProgressLine(boolean quiet, long leastTotal, String unit, long unitSize) {
    isShown = !quiet && Terminal.ERR.isTerminal();
    this.leastTotal = leastTotal;
    this.unit = unit;
    this.unitSize = unitSize;
  }

  /**
   * Of steps; shows from the first on.
   *
   * @param quiet never show it
   */
  public static ProgressLine ofSteps(boolean quiet) {
    return new ProgressLine(quiet, 0, "", 1);
  }

  /**
   * Of bytes; shows if they turn out to be many.
   *
   * @param quiet never show it
   */
  public static ProgressLine ofBytes(boolean quiet) {
    return new ProgressLine(quiet, LONG_COPY_BYTES, " MiB", 1 << 20);
  }

  private void showFrom(long total) {
    if (isShown && bar == null && total >= leastTotal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("hak")
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(UPDATE_MILLIS)
              .setUnit(unit, unitSize)
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .clearDisplayOnFinish()
              .build();
    }
  }

  @Override
  public void advanced(String workload, String phase, long done, long total) {
    showFrom(total);
    if (bar != null) {
      bar.maxHint(total);
      bar.stepTo(done);
      bar.setExtraMessage(workload + " " + phase);
    }
  }

  /** Takes the line away; a further step shows it again. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
