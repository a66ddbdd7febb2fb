package hak.box.thp;

import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * What the kind of pages cost in a round, in MiB-seconds.
 *
 * <pre>
 *   cost = seconds * resident + worth * seconds of the kernel
 * </pre>
 *
 * <p>A huge page spares 511 faults and is zeroed whole where its first byte is written, and is
 * resident whole. So where blocks are filled it takes less of the kernel's time for the same
 * memory; where little of them is written, more of both. Both are those of the whole process: what
 * else it does is in both numbers, and the same whatever is tried. For one thread.
 */
final class PageCosts {
  private static final double MIB = 1 << 20;

  private final LongSupplier hugeBytes;
  private final LongSupplier smallBytes;
  private final double worthMib;
  private long hugeBefore;
  private long smallBefore;

  /** null before the first window. */
  private Kernel.Use before;

  /** Of this round. */
  private double residentMibSeconds;

  private double kernelSeconds;
  private long faults;
  private double hugeMib;
  private double smallMib;

  /**
   * Of the counters of a tier.
   *
   * @param hugeBytes fresh memory in huge pages so far
   * @param smallBytes fresh memory in small pages so far
   * @param worthMib a processor that is all the kernel's costs as much as so many MiB
   */
  PageCosts(LongSupplier hugeBytes, LongSupplier smallBytes, double worthMib) {
    this.hugeBytes = hugeBytes;
    this.smallBytes = smallBytes;
    this.worthMib = worthMib;
  }

  /** A window of so many seconds has ended, and this is how the process stands. */
  void look(double seconds, Kernel.Use now) {
    if (before != null) {
      residentMibSeconds += now.residentBytes() / MIB * seconds;
      kernelSeconds += Math.max(0, now.seconds() - before.seconds());
      faults += now.minorFaults() - before.minorFaults();
      hugeMib += (hugeBytes.getAsLong() - hugeBefore) / MIB;
      smallMib += (smallBytes.getAsLong() - smallBefore) / MIB;
    }
    pass(now);
  }

  /** Passes over a window. */
  void pass(Kernel.Use now) {
    before = now;
    hugeBefore = hugeBytes.getAsLong();
    smallBefore = smallBytes.getAsLong();
  }

  /** Whether any block took fresh memory in the round: else the threshold decided nothing. */
  boolean isMeasured() {
    return hugeMib + smallMib > 0;
  }

  /** What the round cost. */
  double cost() {
    return residentMibSeconds + worthMib * kernelSeconds;
  }

  /** The next round begins. */
  void endRound() {
    residentMibSeconds = 0;
    kernelSeconds = 0;
    faults = 0;
    hugeMib = 0;
    smallMib = 0;
  }

  /** The round in words. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.2f s of the kernel, %,d faults and %.0f MiB-seconds resident in the last round, in which"
            + " %.0f MiB were taken fresh in huge pages, %.0f in small ones",
        kernelSeconds,
        faults,
        residentMibSeconds,
        hugeMib,
        smallMib);
  }
}
