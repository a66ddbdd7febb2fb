package hak.bench.stress;

import java.util.Locale;

/** How a round ends. */
public enum RoundKind {
  /** All threads stop; then the stack is walked, emptied, walked again, trimmed and closed. */
  QUIET,

  /** The stack is closed while all threads use it. */
  RACING,

  /** As {@link #QUIET}, on the smallest region, which runs full. */
  FULL;

  /** Every so many rounds of a quiet end are of the smallest region. */
  private static final int FULL_EVERY = 8;

  /** The kind of the round of a seed: quiet and racing ones alternate, now and then a full one. */
  static RoundKind of(long seed, boolean closeRaces) {
    if (closeRaces && (seed & 1) != 0) {
      return RACING;
    }
    return Math.floorMod(seed >> 1, FULL_EVERY) == FULL_EVERY - 1 ? FULL : QUIET;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
