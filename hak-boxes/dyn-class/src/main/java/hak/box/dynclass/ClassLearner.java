package hak.box.dynclass;

import hak.core.spi.LearningWindow;
import hak.learn.LifeCycle;
import hak.learn.LifeCycle.State;
import hak.learn.SizeHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Decides which size classes to advise, two at most (HAKMEM's DYN1 and DYN2), round by round.
 *
 * <pre>
 *   LEARN    what saves most of the blocks of all rounds so far is proposed
 *   CANARY   the same must save as much of rounds that it was not learned from
 *   FROZEN   is advised; a round in which other classes would save a part more is a loss
 * </pre>
 *
 * <p>The cost of classes is what blocks take with them by what they take with those that were kept,
 * in the same round: so what the program does from round to round is in neither. The stack is not
 * touched, so a trial costs nothing, and only what was kept is advised.
 *
 * <p>Weighed are bytes handed out, not bytes held: how long a block lives is not seen.
 *
 * <p>For one thread. Time is what rounds say.
 */
final class ClassLearner {
  /** What it advises. */
  static final String KEY = "tier.mid.extra-classes";

  /** So many are added at most. */
  static final int MOST = 2;

  /** Of the bytes of all blocks, with less no class is added. */
  static final double LEAST_GAIN = 0.01;

  /** A proposal stays while no other one saves this much more of all bytes. */
  private static final double CALM = 0.0025;

  /** The cost of what is frozen while nothing else would gain; else it is far above this. */
  private static final double BEST = 1;

  private static final LifeCycle.Rules RULES =
      new LifeCycle.Rules(3, 12, 4, LEAST_GAIN / 2, 0.10, 8, 256);

  private final SampledRequests requests;
  private final IntUnaryOperator blockBytes;
  private final int aboveBytes;
  private final List<String> said;
  private final LifeCycle<List<Integer>> life = new LifeCycle<>(List.of(), RULES);
  private final SizeHistogram learned;
  private LifeCycle.Decision<List<Integer>> told = life.decisions().getLast();
  private List<Integer> proposed = List.of();

  /**
   * Begins.
   *
   * @param blockBytes from a size to the size of the block that serves it in this stack
   * @param aboveBytes the largest block of the tiers before: what is added is larger
   * @param said the classes that the profile adds
   * @param largestBytes the largest size that is looked at
   */
  ClassLearner(
      SampledRequests requests,
      IntUnaryOperator blockBytes,
      int aboveBytes,
      List<String> said,
      int largestBytes) {
    this.requests = requests;
    this.blockBytes = blockBytes;
    this.aboveBytes = aboveBytes;
    this.said = List.copyOf(said);
    learned = new SizeHistogram(largestBytes);
  }

  /** A window has ended. */
  void window(LearningWindow window) {
    if (requests.look()) {
      decide(window, requests.round());
    }
  }

  private void decide(LearningWindow window, SizeHistogram round) {
    if (life.state() == State.FROZEN) {
      List<Integer> best = best(round);
      double part = bytes(round, life.inForce()) / bytes(round, best) - 1;
      life.window(part < LEAST_GAIN ? BEST : BEST + part / LEAST_GAIN, life.inForce());
      if (life.state() == State.LEARN) {
        learned.clear();
        proposed = life.inForce();
      }
    } else {
      double cost = bytes(round, life.inForce()) / bytes(round, life.incumbent());
      if (life.state() == State.LEARN) {
        learned.addAll(round);
        propose();
      }
      life.window(cost, proposed);
      if (life.state() == State.FROZEN) {
        life.window(BEST, life.inForce()); // what later rounds are held against
      }
    }
    LifeCycle.Decision<List<Integer>> last = life.decisions().getLast();
    if (!last.equals(told)) {
      told = last;
      advise(window, last, round);
    }
  }

  private void propose() {
    List<Integer> best = best(learned);
    if (bytes(learned, proposed) - bytes(learned, best) > CALM * learned.bytes(blockBytes)) {
      proposed = best;
    }
  }

  private List<Integer> best(SizeHistogram seen) {
    return seen.best(blockBytes, aboveBytes, MOST, LEAST_GAIN);
  }

  private double bytes(SizeHistogram seen, List<Integer> added) {
    return (double) seen.bytes(SizeHistogram.with(added, blockBytes));
  }

  /** Tells what was kept, and at which step of what else it is. */
  private void advise(
      LearningWindow window, LifeCycle.Decision<List<Integer>> last, SizeHistogram round) {
    List<Integer> kept = life.incumbent();
    List<String> values = new ArrayList<>(said);
    kept.forEach(bytes -> values.add(bytes + " B"));
    window.advise(
        KEY,
        kept.isEmpty() ? Map.of() : Map.of(KEY, List.copyOf(values)),
        String.format(
            Locale.ROOT,
            "%s, %s; %s",
            last.to(),
            last.reason(),
            evidence(last.inForce(), life.state() == State.LEARN ? round : seen(round))));
  }

  /** What classes were learned from, if they were; else the last round. */
  private SizeHistogram seen(SizeHistogram round) {
    return learned.total() == 0 ? round : learned;
  }

  private String evidence(List<Integer> classes, SizeHistogram seen) {
    if (classes.isEmpty()) {
      return String.format(
          Locale.ROOT,
          "no class is added, by %,d requests; one must save %.0f %% of the bytes of all blocks",
          seen.total(),
          100 * LEAST_GAIN);
    }
    StringBuilder words = new StringBuilder();
    for (int bytes : classes) {
      IntUnaryOperator others =
          SizeHistogram.with(classes.stream().filter(each -> each != bytes).toList(), blockBytes);
      IntUnaryOperator all = SizeHistogram.with(classes, blockBytes);
      int below = bytes;
      while (below > 0 && all.applyAsInt(below) == bytes) {
        below -= SizeHistogram.STEP_BYTES;
      }
      words.append(
          String.format(
              Locale.ROOT,
              "%,d of %,d requests in blocks of %,d B instead of %,d save %.1f %% of the bytes of"
                  + " all blocks; ",
              seen.requests(below, bytes),
              seen.total(),
              bytes,
              others.applyAsInt(bytes),
              100 * (1 - (double) seen.bytes(all) / seen.bytes(others))));
    }
    return words.substring(0, words.length() - 2);
  }
}
