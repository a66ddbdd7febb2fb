package hak.bench.stress;

import java.util.logging.Filter;
import java.util.logging.Logger;

/** Keeps the allocators' log silent: leaks at a close and foreign frees are what a stress makes. */
final class QuietLog {
  /** Held, because the log manager holds loggers weakly. */
  private final Logger logger = Logger.getLogger("hak");

  private final Filter before = logger.getFilter();

  private QuietLog() {}

  /** Silences it. */
  static QuietLog begin() {
    QuietLog quiet = new QuietLog();
    quiet.logger.setFilter(_ -> false);
    return quiet;
  }

  /** Lets it speak as before. */
  void end() {
    logger.setFilter(before);
  }
}
