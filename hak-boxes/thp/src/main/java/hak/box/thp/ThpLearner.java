package hak.box.thp;

import hak.core.spi.LearningWindow;
import hak.learn.ArmSearch;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Decides from how much memory on big blocks get huge pages, round by round; a round is {@value
 * #ROUND_WINDOWS} windows.
 *
 * <p>Nothing in a program foretells what a huge page costs it: how much of a block is written, when
 * the kernel has one at hand, what it takes to zero it. So each of a few thresholds is tried, in
 * the order of UCB1, and one that does not cost {@value #LEAST_GAIN} less is rolled back ({@link
 * ArmSearch}). A round in which no block took fresh memory is none.
 *
 * <p>Where the system gives no huge pages, or does not say what the process took, it rests, and
 * what holds stays. For one thread. Time is what windows say.
 */
final class ThpLearner {
  /** What it sets, in bytes. */
  static final String KEY = "tier.big.huge-from";

  /** So many windows are a round. */
  static final int ROUND_WINDOWS = 4;

  /** The threshold that no block reaches. */
  static final long NEVER = 1L << 46;

  private static final long MIB = 1 << 20;

  /** What is tried. */
  private static final long[] THRESHOLDS = {0, 4 * MIB, 16 * MIB, 64 * MIB, 256 * MIB, NEVER};

  private static final double LEAST_GAIN = 0.05;

  /** A round that costs twice as much ends a trial. */
  private static final double MOST_HARM = 1.0;

  /** A window that is longer, in seconds, is passed over: the stack slept. */
  private static final double LONGEST_SECONDS = 240;

  private final BooleanSupplier givesHugePages;
  private final Supplier<Optional<Kernel.Use>> process;
  private final PageCosts costs;
  private int windows;

  /** null before the first window, and while it rests. */
  private ArmSearch search;

  /**
   * With nothing tried.
   *
   * @param givesHugePages whether the system gives huge pages now
   * @param process how the process stands
   */
  ThpLearner(
      BooleanSupplier givesHugePages, Supplier<Optional<Kernel.Use>> process, PageCosts costs) {
    this.givesHugePages = givesHugePages;
    this.process = process;
    this.costs = costs;
  }

  /** A window has ended. */
  void window(LearningWindow window) {
    long inForce = window.value(KEY);
    double seconds = window.seconds();
    if (!(seconds > 0)) {
      return;
    }
    Optional<Kernel.Use> now = process.get();
    if (now.isEmpty()) {
      rest(window, inForce, "rests: the system does not say what the process took");
    } else if (!givesHugePages.getAsBoolean()) {
      rest(window, inForce, "rests: the system gives no huge pages");
      costs.pass(now.get());
    } else if (seconds > LONGEST_SECONDS) {
      costs.pass(now.get());
    } else {
      look(window, inForce, now.get());
    }
  }

  /** Says why it does nothing; the same again is no decision. */
  private void rest(LearningWindow window, long inForce, String reason) {
    search = null;
    windows = 0;
    costs.endRound();
    window.set(KEY, inForce, reason);
  }

  private void look(LearningWindow window, long inForce, Kernel.Use now) {
    if (search == null || search.inForce() != inForce) {
      search = new ArmSearch(THRESHOLDS, inForce, LEAST_GAIN, MOST_HARM);
    }
    costs.look(window.seconds(), now);
    if (++windows >= ROUND_WINDOWS) {
      windows = 0;
      if (costs.isMeasured()) {
        decide(window);
      }
      costs.endRound();
    }
  }

  private void decide(LearningWindow window) {
    long next = search.round(costs.cost());
    if (!search.step().isEmpty()) {
      window.set(KEY, next, search.step() + "; " + costs);
    }
  }
}
