package hak.learn;

/**
 * How long to wait before something is done again. Each time it is done soon after the last wait,
 * the next wait is twice as long, up to a bound; after as quiet a time as the longest wait it is
 * short again. So what would go back and forth for ever does so ever more rarely.
 *
 * <p>For one thread. Times are numbers of windows, which never fall.
 */
public final class Cooldown {
  private final long shortest;
  private final long longest;
  private long wait;
  private long readyAt;

  /**
   * Is ready.
   *
   * @param shortest the first wait, in windows, 1 or more
   * @param longest the longest wait, in windows
   * @throws IllegalArgumentException if one is out of range
   */
  public Cooldown(long shortest, long longest) {
    Observation.require(shortest >= 1, "shortest", shortest, "1 or more");
    Observation.require(
        longest >= shortest && longest <= 1L << 60,
        "longest",
        longest,
        "the shortest or more, up to 2^60");
    this.shortest = shortest;
    this.longest = longest;
    wait = shortest;
  }

  /** Whether it may be done in a window. */
  public boolean isReady(long window) {
    return window >= readyAt;
  }

  /** It is done in a window, and will not be ready for a while. */
  public void use(long window) {
    if (window - readyAt >= longest) {
      wait = shortest;
    }
    readyAt = window + wait;
    wait = Math.min(longest, 2 * wait);
  }

  /** It will not be ready for the longest wait, and is not short again before as long a time. */
  public void rest(long window) {
    readyAt = window + longest;
    wait = longest;
  }

  /** How long the next wait will be, in windows. */
  public long nextWait() {
    return wait;
  }
}
