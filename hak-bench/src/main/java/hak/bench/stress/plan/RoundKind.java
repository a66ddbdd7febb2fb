package hak.bench.stress.plan;

import java.util.Locale;

/** How a round ends. */
public enum RoundKind {
  /** All threads stop; then the stack is walked, emptied, walked again, trimmed and closed. */
  QUIET,

  /** The stack is closed while all threads use it. */
  RACING,

  /** As {@link #QUIET}, on the smallest region, which runs full. */
  FULL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
