package hak.bench.shadow;

import hak.bench.Workload;
import hak.bench.shadow.LearnReport.Arm;
import hak.bench.shadow.LearnReport.ClassRow;
import hak.bench.shadow.LearnReport.Step;
import hak.bench.trace.ParallelProgram;
import hak.core.profile.Profile;
import hak.core.spi.CacheBounds;
import hak.core.spi.Section;
import hak.learn.Course;
import hak.learn.LifeCycle.Decision;
import hak.learn.LifeCycle.Rules;
import hak.learn.LifeCycle.State;
import hak.learn.cache.CacheCosts;
import hak.learn.cache.CacheCounts;
import hak.learn.cache.CacheShadow;
import hak.learn.cache.CapacityLearner;
import hak.learn.pattern.ClassVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Learns from the calls of a workload, without running it, which capacity the thread cache should
 * have, or whether there should be none; which tier should serve which sizes; and which size
 * classes should be added.
 *
 * <pre>
 *   round 1       counts: what each capacity would take, window by window; patterns, sizes (Survey)
 *   round 2, ...  LEARN: the cheapest of round 1 is proposed; CANARY for a whole round; FROZEN
 *   at the end    RouteChoice, ExtraClasses
 * </pre>
 */
public final class Learning {
  /** How many windows the calls are divided into by default. */
  public static final int USUAL_WINDOWS = 30;

  /** What calls take, fitted to what was measured: see docs/DECISIONS.md, "A cache or none". */
  static final CacheCosts COSTS = new CacheCosts(0.82, 1, 0.82, 1.55);

  /** The capacities that are looked at, beside that of the profile. */
  private static final int[] CAPACITIES = {0, 8, 32, 128};

  /** A window of a trial may take so much more than before: the whole trial decides. */
  private static final double MOST_HARM = 10;

  /** Rounds until a decision, at most; two do, but for programs of few calls. */
  private static final int MOST_ROUNDS = 8;

  private Learning() {}

  /**
   * Learns.
   *
   * @param profile can be opened
   * @param windows how many, 1 or more
   * @throws IllegalArgumentException if there are none
   */
  public static LearnReport learn(Profile profile, Workload workload, int windows) {
    return watch(profile, workload, windows).report();
  }

  /** What was learned, and what it was learned from. */
  public record Watched(LearnReport report, LearnCurves curves) {}

  /** As {@link #learn}, and keeps what each window cost. */
  public static Watched watch(Profile profile, Workload workload, int windows) {
    if (windows < 1) {
      throw new IllegalArgumentException(windows + " windows");
    }
    CacheTable table = CacheTable.of(profile);
    CacheShadow shadow = table.shadow(capacities(table.capacity()));
    CapacityLearner learner =
        new CapacityLearner(shadow, COSTS, numberOf(shadow, table.capacity()), rules(windows));
    CurveLog curves = new CurveLog(shadow, COSTS);
    ParallelProgram program = workload.program();
    long length = Math.max(1, program.calls() / windows);
    Survey survey = new Survey(shadow, table.tiers(), windows);
    Runnable count =
        curves.with(() -> {
          learner.count();
          survey.endWindow();
        });
    CallWalk.walk(program, table.classes(), new Windows(survey, length, count));
    int ofFirstRound = curves.windows();
    CacheCounts seen = shadow.counts(0);
    int counted = learner.windows();
    List<Arm> arms = arms(shadow, learner);
    for (int round = 0; round < MOST_ROUNDS && learner.state() != State.FROZEN; round++) {
      Runnable decide = curves.with(() -> decide(learner));
      CallWalk.walk(program, table.classes(), new Windows(WhatIf.callsTo(shadow), length, decide));
    }
    Profile cached = withCapacity(profile, shadow.capacity(learner.incumbent()));
    Route route = RouteChoice.best(cached, survey, learner.incumbent());
    List<ExtraClass> extraClasses = ExtraClasses.find(profile, survey, LearnReport.LEAST_GAIN);
    LearnReport report =
        new LearnReport(
            profile.name(),
            workload.name(),
            counted,
            seen.calls(),
            table.capacity(),
            shadow.capacity(learner.incumbent()),
            arms,
            steps(shadow, learner),
            classRows(survey),
            route,
            extraClasses,
            List.of());
    return new Watched(report.withKnobs(Knobs.of(profile, report)), curves.curves(ofFirstRound));
  }

  private static List<ClassRow> classRows(Survey survey) {
    List<ClassRow> rows = new ArrayList<>();
    for (ClassVerdict verdict : survey.patterns().verdicts()) {
      long allocations = survey.shadow().allocations(verdict.sizeClass());
      if (allocations > 0) {
        rows.add(
            new ClassRow(
                survey.tiers().classes().bytes(verdict.sizeClass()),
                survey.tiers().tier(verdict.sizeClass()),
                allocations,
                verdict.pattern().name(),
                verdict.confidence(),
                verdict.evidence().phrase()));
      }
    }
    return rows;
  }

  /** What is frozen stays: the program has been seen to its end. */
  private static void decide(CapacityLearner learner) {
    if (learner.state() != State.FROZEN) {
      learner.endWindow();
    }
  }

  /** A trial is a round of the whole program, so that all of its phases count. */
  private static Rules rules(int windows) {
    Rules usual = Rules.USUAL;
    return new Rules(
        usual.calmWindows(),
        Math.max(usual.learnWindows(), windows),
        windows,
        usual.leastGain(),
        MOST_HARM,
        usual.shortestCooldown(),
        usual.longestCooldown());
  }

  private static int[] capacities(int ofProfile) {
    return IntStream.concat(IntStream.of(CAPACITIES), IntStream.of(ofProfile))
        .sorted()
        .distinct()
        .toArray();
  }

  private static int numberOf(CacheShadow shadow, int capacity) {
    int k = 0;
    while (shadow.capacity(k) != capacity) {
      k++;
    }
    return k;
  }

  /** Ends a window after so many calls; what is left at the end is too little for one. */
  private static final class Windows implements Calls {
    private final Calls to;
    private final long length;
    private final Runnable end;
    private long calls;

    Windows(Calls to, long length, Runnable end) {
      this.to = to;
      this.length = length;
      this.end = end;
    }

    @Override
    public int allocate(int thread, int sizeClass, long size) {
      int block = to.allocate(thread, sizeClass, size);
      ended();
      return block;
    }

    @Override
    public void free(int thread, int sizeClass, int block) {
      to.free(thread, sizeClass, block);
      ended();
    }

    private void ended() {
      if (++calls % length == 0) {
        end.run();
      }
    }
  }

  private static List<Arm> arms(CacheShadow shadow, CapacityLearner learner) {
    List<Arm> arms = new ArrayList<>();
    for (int k = 0; k < shadow.capacities(); k++) {
      CacheCounts counts = shadow.counts(k);
      arms.add(
          new Arm(
              shadow.capacity(k),
              counts.calls() == 0 ? 1 : COSTS.of(counts, shadow.capacity(k)) / counts.calls(),
              learner.won(k),
              counts.hitRate(),
              counts.takenRate(),
              shadow.peakHeldBytes(k)));
    }
    return arms;
  }

  private static List<Step> steps(CacheShadow shadow, CapacityLearner learner) {
    return learner.decisions().stream()
        .map(step ->
            new Step(
                step.window(), step.to().name(), shadow.capacity(step.inForce()), reason(step)))
        .toList();
  }

  /** Why, and what it has come to. */
  private static String reason(Decision<Integer> step) {
    return step.course() == Course.UNDECIDED ? step.reason() : step.reason() + "; " + step.course();
  }

  /**
   * The profile with what was learned: {@code tls-sll} with the capacity, or without it; another
   * size tier for some sizes; size classes that were added.
   */
  public static Profile profileOf(Profile profile, LearnReport report) {
    Profile learned = withCapacity(profile, report.chosen());
    if (report.hasRoute()) {
      learned = RouteChoice.profileOf(learned, report.route());
    }
    if (!report.extraClasses().isEmpty()) {
      learned =
          learned.withSetting(
              ExtraClasses.TIER,
              ExtraClasses.OPTION,
              ExtraClasses.values(profile, report.extraClasses()));
    }
    return learned;
  }

  private static Profile withCapacity(Profile profile, int capacity) {
    boolean has = profile.has(CacheTable.CACHE);
    if (capacity == 0) {
      return has ? profile.without(CacheTable.CACHE) : profile;
    }
    Profile with = has ? profile : profile.withMore(Section.CACHES, CacheTable.CACHE);
    return with.withSetting(CacheTable.CACHE, CacheBounds.CAPACITY, (long) capacity);
  }
}
