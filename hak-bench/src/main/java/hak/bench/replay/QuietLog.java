package hak.bench.replay;

import java.util.logging.Filter;
import java.util.logging.Logger;

/**
 * Keeps the allocators' log silent where leaks at a close and foreign frees are meant: in a stress,
 * or after a round that was broken off.
 */
public final class QuietLog {
  /** Held, because the log manager holds loggers weakly. */
  private final Logger logger = Logger.getLogger("hak");

  private final Filter before = logger.getFilter();

  private QuietLog() {}

  /** Silences it. */
  public static QuietLog begin() {
    QuietLog quiet = new QuietLog();
    quiet.logger.setFilter(_ -> false);
    return quiet;
  }

  /** Lets it speak as before. */
  public void end() {
    logger.setFilter(before);
  }
}
