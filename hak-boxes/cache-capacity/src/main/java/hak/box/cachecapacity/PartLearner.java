package hak.box.cachecapacity;

import hak.core.memory.HandedLists;
import hak.core.memory.ListRooms;
import hak.core.spi.LearningWindow;
import hak.learn.LifeCycle;
import hak.learn.LifeCycle.State;
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
 * <p>What calls cost by that is a proposal, and the {@link LifeCycle} keeps it or goes back; a
 * window of it is a trial. A program that does nothing but allocate runs faster with what is better
 * for it, which makes the difference look smaller, and not of the other sign: where both are as
 * good it runs as fast with either. While less is handed over than would be worth a gain there is
 * no trial, so a program that uses its blocks again at once is never looked at. While nothing moves
 * there is one in {@value #CALM} windows.
 *
 * <p>While little is handed over for as long, what the profile says is in force: there may be no
 * more windows, and what a small program does then is not known. What was learned comes back with
 * the load.
 *
 * <p>For one thread. Time is what windows say.
 */
final class PartLearner {
  /** What it sets. */
  static final String KEY = "box.tls-sll.part";

  /** The part of a cache that keeps nothing. */
  static final long NONE = 0;

  /** Windows from one look to the next while nothing moves. */
  static final int CALM = 64;

  private static final long WHOLE = 100;

  /** Less is no gain: the costs foretell within three parts in a hundred. */
  private static final double LEAST_GAIN = 0.05;

  /** The cost of what is frozen while nothing else would gain; else it is far above this. */
  private static final double BEST = 1;

  private static final LifeCycle.Rules RULES =
      new LifeCycle.Rules(3, 12, 4, LEAST_GAIN, 0.10, 8, 256);

  /** As {@code ./hak learn} has them, fitted to six programs. */
  private static final CacheCosts COSTS = new CacheCosts(0.82, 1, 0.82, 1.55);

  /** What a call takes where the cache is there and keeps nothing, by what it takes without one. */
  private static final double COST_OF_NONE = 1.07;

  /** A window that is longer, in seconds, is passed over: the stack slept. */
  private static final double LONGEST_SECONDS = 240;

  private final ListRooms lists;
  private final double leastPerSecond;

  /** All that was handed over, at the last window. */
  private HandedFlow counted = HandedFlow.NONE;

  /** null, as the next, before the first window. */
  private LifeCycle<Long> life;

  /** What the profile says. */
  private long first;

  /** The part with which the cache keeps blocks. */
  private long whole;

  /** Why what is in force is. */
  private String reason = "as it was at first";

  /** The last step of the life cycle that was told. */
  private LifeCycle.Decision<Long> told;

  /** null = none is going on. */
  private CapacityTrial trial;

  /** Windows without a look. */
  private int calm;

  /** Windows in a row in which little was handed over; and whether there were too many. */
  private int quiet;

  private boolean resting;

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
    HandedFlow all = HandedFlow.of(lists.handed(), seconds);
    HandedFlow flow = all.since(counted);
    counted = all;
    if (life == null) {
      begin(window.value(KEY));
    }
    if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
      giveUpTrial(window);
    } else if (trial != null) {
      goOnTrying(window, flow);
    } else if (flow.perSecond() < leastPerSecond) {
      rest(window);
    } else if (resting) {
      resting = false;
      quiet = 0;
      goOn(window);
    } else if (isDue()) {
      trial = new CapacityTrial(flow);
      look(window);
    }
  }

  /** Whether something else is in force than what the profile says. */
  boolean needsWindows() {
    return trial != null || (life != null && life.inForce() != first && !resting);
  }

  private void begin(long inForce) {
    first = inForce;
    whole = first == NONE ? WHOLE : first;
    life = new LifeCycle<>(first, RULES);
    told = life.decisions().getLast();
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
    if (quiet >= CALM && !resting && life.inForce() != first) {
      resting = true;
      window.set(KEY, first, "at rest, as the profile says: little is handed over");
    }
  }

  private boolean isDue() {
    quiet = 0;
    calm++;
    return life.state() != State.FROZEN || calm >= CALM;
  }

  private long other() {
    return life.inForce() == NONE ? whole : NONE;
  }

  private void look(LearningWindow window) {
    window.set(
        KEY,
        other(),
        String.format(
            Locale.ROOT,
            "for a look: %,.0f blocks a second are handed over with %d %%",
            trial.inForce().perSecond(),
            life.inForce()));
  }

  /** Sets what is in force, with the reason for which it is. */
  private void goOn(LearningWindow window) {
    window.set(KEY, life.inForce(), reason);
  }

  private void giveUpTrial(LearningWindow window) {
    if (trial != null) {
      trial = null;
      goOn(window);
    }
  }

  private void decide(LearningWindow window) {
    HandedFlow with = life.inForce() == NONE ? trial.other() : trial.inForce();
    HandedFlow without = life.inForce() == NONE ? trial.inForce() : trial.other();
    trial = null;
    calm = 0;
    if (without.perSecond() < leastPerSecond) {
      return; // the program has stopped meanwhile
    }
    CacheCounts counts = counts(with, without);
    double cache = COSTS.of(counts, (int) whole);
    double none = COST_OF_NONE * counts.calls();
    double inForce = life.inForce() == NONE ? none : cache;
    double other = life.inForce() == NONE ? cache : none;
    boolean gains = other < inForce * (1 - LEAST_GAIN);
    if (life.state() == State.FROZEN) {
      life.window(gains ? inForce / other / LEAST_GAIN : BEST, life.inForce());
    } else {
      double incumbent = life.incumbent() == NONE ? none : cache;
      life.window(inForce / incumbent, gains ? other() : life.inForce());
      if (life.state() == State.FROZEN) {
        life.window(BEST, life.inForce()); // what later looks are held against
      }
    }
    LifeCycle.Decision<Long> last = life.decisions().getLast();
    if (!last.equals(told)) {
      told = last;
      reason = reason(last, counts, cache, none);
      goOn(window);
    }
  }

  private static String reason(
      LifeCycle.Decision<Long> last, CacheCounts counts, double cache, double none) {
    return String.format(
        Locale.ROOT,
        "%s, %s; of allocations %.0f %% hit, of frees %.0f %% are taken: a call costs %.2f with the"
            + " cache, %.2f without",
        last.to(),
        last.reason(),
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
