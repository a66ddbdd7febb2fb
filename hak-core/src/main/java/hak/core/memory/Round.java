package hak.core.memory;

/** Rounds to whole steps, which are powers of two. */
public final class Round {
  private Round() {}

  /** The least multiple of {@code step} that is not below {@code value}. */
  public static long up(long value, long step) {
    return (value + step - 1) & -step;
  }

  /** The largest multiple of {@code step} that is not above {@code value}. */
  public static long down(long value, long step) {
    return value & -step;
  }
}
