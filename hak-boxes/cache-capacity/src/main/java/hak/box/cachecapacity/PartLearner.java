package hak.box.cachecapacity;

import hak.core.memory.HandedLists;
import hak.core.memory.ListRooms;
import hak.core.spi.LearningWindow;
import hak.learn.LoadShift;
import hak.learn.cache.CacheCosts;
import hak.learn.cache.CacheCounts;
import java.util.Locale;

/**
 * Decides whether a thread cache keeps what the profile says or nothing.
 *
 * <p>What hits is not counted: that would cost those who hit. But what passes the cache comes by
 * the slow path of the tier, which counts ({@link HandedLists}), and without a cache that is every
 * allocation. So a look at the other capacity ({@link CapacityTrial}) tells what hits:
 *
 * <pre>
 *   hits  = allocations without a cache - misses with one
 *   taken = frees without a cache - those that one refuses
 * </pre>
 *
 * <p>What calls cost by that is decided by, when trials agree ({@link Votes}). A program that does
 * nothing but allocate runs faster with what is better for it, which makes the difference look
 * smaller, and not of the other sign: where both are as good it runs as fast with either. While
 * less is handed over than would be worth a gain there is no trial, so a program that uses its
 * blocks again at once is never looked at.
 *
 * <pre>
 *   LEARN    trials until they agree: at the beginning, when the load has shifted ({@link LoadShift}),
 *            and when a look found the other one better
 *   FROZEN   what was decided stays; a look after 64 windows, then after twice as many, up to 1,024
 * </pre>
 *
 * <p>Half of a trial is spent with what may be worse, so there is one in {@value
 * #WINDOWS_OF_A_TRIAL} windows with a load at most, beyond the first {@value #MOST_TRIALS}: a load
 * that shifts for ever costs a twenty-fourth of what a wrong decision would. After a shift it waits
 * until windows are alike, {@value #MOST_PATIENCE} of them at most.
 *
 * <p>While little is handed over for long, what the profile says is in force: what the program does
 * next is not known. What was learned comes back with the load.
 *
 * <p>A stack has windows however little it holds: a program of a few MiB that frees in long waves
 * gains as much as a large one.
 *
 * <p>For one thread. Time is what windows say.
 */
final class PartLearner {
  /** What it sets. */
  static final String KEY = "box.tls-sll.part";

  /** The part of a cache that keeps nothing. */
  static final long NONE = 0;

  /** Windows from one look to the next while nothing moves: at first, and at most. */
  static final int CALM = 64;

  static final int LONGEST_CALM = 1_024;

  /** Trials that can follow each other, and how many windows there are for each further one. */
  static final int MOST_TRIALS = 4;

  static final int WINDOWS_OF_A_TRIAL = 48;

  /** For so many windows trials wait for calm after a shift. */
  private static final int MOST_PATIENCE = 8;

  private static final long WHOLE = 100;

  /**
   * Less is no gain. To go without a cache takes more than to have one again: where costs foretell
   * wrongly, a cache in vain takes a quarter more, and none in vain up to twice as much.
   */
  private static final double LEAST_GAIN_OF_NONE = 0.10;

  private static final double LEAST_GAIN = 0.02;

  /** As {@code ./hak learn} has them, fitted to six programs. */
  private static final CacheCosts COSTS = new CacheCosts(0.82, 1, 0.82, 1.55);

  /** What a call takes where the cache is there and keeps nothing, by what it takes without one. */
  private static final double COST_OF_NONE = 1.07;

  /** A window that is longer, in seconds, is passed over: the stack slept. */
  private static final double LONGEST_SECONDS = 240;

  private final ListRooms lists;
  private final double leastPerSecond;
  private final LoadShift shift = new LoadShift();
  private final Votes votes = new Votes();

  /** All that was handed over, at the last window; by class, null before the first. */
  private HandedFlow counted = HandedFlow.NONE;

  private double[] countedByClass;

  /** What the profile says. */
  private long first;

  /** The part with which the cache keeps blocks. */
  private long whole;

  /** What was decided last, and why. */
  private long inForce;

  private String reason = "as it was at first";

  /** Whether trials are made until they agree. */
  private boolean isLearning = true;

  /** null = none is going on; and whether windows before it were alike. */
  private CapacityTrial trial;

  private boolean wasCalm;

  /** How many trials may be made now. */
  private double trialsLeft = MOST_TRIALS;

  /** Windows without a look, and after how many there is one. */
  private int calm;

  private int patience = CALM;

  /** Windows with a load since it shifted. */
  private long sinceShift;

  /** Windows in a row in which little was handed over; and whether there were too many. */
  private int quiet;

  private boolean resting;

  /** Whether the load is back after a time of which nothing is known to hold it against. */
  private boolean isBack;

  /**
   * Begins.
   *
   * @param leastPerSecond blocks handed over in a second; with fewer there is nothing to gain
   */
  PartLearner(ListRooms lists, double leastPerSecond) {
    this.lists = lists;
    this.leastPerSecond = leastPerSecond;
  }

  /** A window has ended. */
  void window(LearningWindow window) {
    if (!lists.isTurned()) {
      return;
    }
    double seconds = window.seconds();
    double[] byClass = HandedFlow.outByClass(lists.handed());
    HandedFlow all = HandedFlow.of(lists.handed(), seconds, byClass);
    if (countedByClass == null) {
      begin(window.value(KEY), byClass.length);
    }
    HandedFlow flow = all.since(counted);
    double[] shares = shares(byClass, flow.out());
    counted = all;
    countedByClass = byClass;
    if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
      giveUpTrial(window);
      return;
    }
    if (trial != null) {
      goOnTrying(window, flow);
    } else if (flow.perSecond() < leastPerSecond) {
      rest(window);
    } else if (resting) {
      resting = false;
      quiet = 0;
      goOn(window);
    } else if (isDue(shares)) {
      trialsLeft = Math.max(0, trialsLeft - 1);
      trial = new CapacityTrial(flow);
      wasCalm = shift.isCalm();
      look(window);
    }
  }

  /** Whether there is something to learn: in any stack whose cache can be turned. */
  boolean needsWindows() {
    return lists.isTurned();
  }

  private void begin(long part, int classes) {
    countedByClass = new double[classes];
    first = part;
    whole = first == NONE ? WHOLE : first;
    inForce = first;
  }

  /** What goes out, by size: at which rate says more of the machine than of the program. */
  private double[] shares(double[] byClass, double all) {
    double[] shares = new double[byClass.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (byClass[i] - countedByClass[i]) / Math.max(1, all);
    }
    return shares;
  }

  private void goOnTrying(LearningWindow window, HandedFlow flow) {
    trial.add(flow);
    if (trial.isOver()) {
      decide(window);
    } else if (!trial.isOthersTurn()) {
      goOn(window);
    }
  }

  private void rest(LearningWindow window) {
    quiet++;
    if (quiet >= CALM && !resting && inForce != first) {
      resting = true;
      window.set(KEY, first, "at rest, as the profile says: little is handed over");
    }
  }

  private boolean isDue(double... shares) {
    trialsLeft = Math.min(MOST_TRIALS, trialsLeft + 1.0 / WINDOWS_OF_A_TRIAL);
    if (quiet > 0) {
      isBack = shift.isNew() && quiet > 1;
      quiet = 0;
      shift.gap();
      return false; // the load came back somewhere within this window
    }
    boolean hasShifted = shift.add(shares) || isBack;
    isBack = false;
    if (hasShifted) {
      isLearning = true;
      votes.clear();
      sinceShift = 0;
    }
    calm++;
    sinceShift++;
    boolean isReady = shift.isCalm() || sinceShift >= MOST_PATIENCE;
    return (isLearning && isReady && trialsLeft >= 1) || calm >= patience;
  }

  private long other() {
    return inForce == NONE ? whole : NONE;
  }

  private void look(LearningWindow window) {
    window.set(
        KEY,
        other(),
        String.format(
            Locale.ROOT,
            "for a look: %,.0f blocks a second are handed over with %d %%",
            trial.inForce().perSecond(),
            inForce));
  }

  /** Sets what is in force, with the reason for which it is. */
  private void goOn(LearningWindow window) {
    window.set(KEY, inForce, reason);
  }

  private void giveUpTrial(LearningWindow window) {
    if (trial != null) {
      trial = null;
      goOn(window);
    }
  }

  private void decide(LearningWindow window) {
    HandedFlow with = inForce == NONE ? trial.other() : trial.inForce();
    HandedFlow without = inForce == NONE ? trial.inForce() : trial.other();
    boolean isClean = trial.isClean() && wasCalm;
    trial = null;
    calm = 0;
    if (without.perSecond() < leastPerSecond) {
      return; // the program has stopped meanwhile
    }
    CacheCounts counts = counts(with, without);
    double cache = COSTS.of(counts, (int) whole);
    double none = COST_OF_NONE * counts.calls();
    double gain = inForce == NONE ? 1 - cache / none : 1 - none / cache;
    votes.add(gain, inForce == NONE ? LEAST_GAIN : LEAST_GAIN_OF_NONE, isClean);
    if (!isLearning && !votes.isForOther()) {
      patience = Math.min(LONGEST_CALM, 2 * patience);
      votes.clear();
      return;
    }
    isLearning = true;
    patience = CALM;
    if (votes.isDecided()) {
      isLearning = false;
      boolean turns = votes.isForOther();
      votes.clear();
      if (turns) {
        inForce = other();
        shift.forget(); // what is handed over is another thing now
      }
      reason = reason(turns, counts, cache, none);
      goOn(window);
    }
  }

  private static String reason(boolean turns, CacheCounts counts, double cache, double none) {
    return String.format(
        Locale.ROOT,
        "FROZEN, %s; of allocations %.0f %% hit, of frees %.0f %% are taken: a call costs %.2f with"
            + " the cache, %.2f without",
        turns ? "kept: trials agree" : "stays: trials agree",
        100 * counts.hitRate(),
        100 * counts.takenRate(),
        cache / counts.calls(),
        none / counts.calls());
  }

  /** What the cache would have done in the time without one. */
  private static CacheCounts counts(HandedFlow with, HandedFlow without) {
    double time = without.seconds() / with.seconds();
    double allocations = without.out();
    double misses = Math.min(allocations, with.out() * time);
    double frees = without.back();
    double refused = Math.min(frees, with.back() * time);
    return new CacheCounts(
        Math.round(allocations),
        Math.round(frees),
        Math.round(allocations - misses),
        Math.round(frees - refused));
  }
}
