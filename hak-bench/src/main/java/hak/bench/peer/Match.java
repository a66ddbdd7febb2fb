package hak.bench.peer;

import hak.bench.replay.CallSum;
import hak.bench.replay.SteadyRounds;
import hak.bench.stats.Samples;
import hak.bench.stats.TurnOrder;
import hak.bench.stats.Turns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Contestants on one workload whose rounds take turns (see {@link TurnOrder}). In each fork all
 * processes are started anew, and warm up several at a time; a timed round has the machine to
 * itself. A round in which a floor moved is played again by all: see {@link SteadyRounds}. A fork
 * counts when all of it is over, for all contestants or for none.
 *
 * <p>A short program is replayed several times in a round, until {@value #LEAST_MILLIS} ms are
 * counted. The first replay does not count: it finds the processor's caches as another contestant
 * left them, and has to take memory anew that was given back while it waited for its turn, which no
 * program that runs by itself does.
 */
public final class Match {
  /** From so many forks on the process is the sample, not the round. */
  public static final int FORKS_FOR_SAMPLES = 5;

  /** Less is noise of the machine. */
  private static final int LEAST_MILLIS = 40;

  /** Of a program of a few calls asking takes longer than replaying. */
  private static final int MOST_REPLAYS = 1000;

  private final List<Entry> entries = new ArrayList<>();
  private final int rounds;
  private final int warmUpsAtATime;
  private final long leastNanos;
  private SteadyRounds.Outcome repeats = SteadyRounds.Outcome.NONE;
  private Long callSum;
  private int forks;

  /** One contestant: its process, and its number in that process. */
  private static final class Entry {
    private final String name;
    private final Host host;
    private final int target;
    private final boolean isFloor;
    private final List<double[]> nanos = new ArrayList<>();
    private final List<Long> peakBytes = new ArrayList<>();

    Entry(String name, Host host, int target, boolean isFloor) {
      this.name = name;
      this.host = host;
      this.target = target;
      this.isFloor = isFloor;
    }

    void warmUp() {
      host.start();
      host.running.warmUp(target);
    }

    long replay() {
      return host.running.round(target);
    }

    long askCallSum() {
      return host.running.callSum();
    }

    Long askPeakBytes() {
      return host.running.peakBytes(target);
    }
  }

  /**
   * What one fork gave, by contestant.
   *
   * @param nanos wall times of the rounds, in nanoseconds
   * @param peakBytes peaks of resident bytes, null where they are unknown; empty if not asked for
   * @param callSum checksum of the calls of a round
   */
  public record Fork(List<List<Double>> nanos, List<Long> peakBytes, long callSum) {
    /** Copies the lists. */
    public Fork {
      nanos = List.copyOf(nanos);
      peakBytes = Collections.unmodifiableList(new ArrayList<>(peakBytes));
    }
  }

  /** A process that is started anew in each fork. */
  public static final class Host {
    private final Supplier<Contestant> starter;
    private Contestant running;

    /** One that is started so. */
    public Host(Supplier<Contestant> starter) {
      this.starter = starter;
    }

    private void start() {
      if (running == null) {
        running = starter.get();
      }
    }

    private void stop() {
      if (running != null) {
        running.close();
        running = null;
      }
    }
  }

  /**
   * An empty match.
   *
   * @param rounds timed rounds in a fork
   * @param threads how many threads a contestant replays with
   */
  public Match(int rounds, int threads) {
    this(rounds, threads, TimeUnit.MILLISECONDS.toNanos(LEAST_MILLIS));
  }

  /** One whose rounds count so much time at least. */
  Match(int rounds, int threads, long leastNanos) {
    this.rounds = rounds;
    this.leastNanos = leastNanos;
    this.warmUpsAtATime = Math.max(1, Runtime.getRuntime().availableProcessors() / threads);
  }

  /** Adds a contestant with a process of its own. */
  public void add(String name, Supplier<Contestant> starter) {
    add(name, new Host(starter), 0);
  }

  /** Adds a contestant: number {@code target} of a process. */
  public void add(String name, Host host, int target) {
    entries.add(new Entry(name, host, target, false));
  }

  /** Adds a floor, with a process of its own. Its program may be another, with smaller sizes. */
  public void addFloor(String name, Supplier<Contestant> starter) {
    entries.add(new Entry(name, new Host(starter), 0, true));
  }

  /** How many steps {@link #playFork} tells of. */
  public static int steps(int rounds) {
    return rounds + 2;
  }

  /** How many steps {@link #playForkTimes} tells of. */
  public static int timesSteps(int rounds) {
    return rounds + 1;
  }

  /**
   * Plays one fork, for times and memory.
   *
   * @param step told the kind of each step as it begins; what it throws ends the fork, which then
   *     does not count
   * @return what {@link #take} has been given
   */
  public Fork playFork(Consumer<String> step) {
    return playFork(step, true);
  }

  /** As {@link #playFork}, for times alone: asks for no peak. */
  public Fork playForkTimes(Consumer<String> step) {
    return playFork(step, false);
  }

  private Fork playFork(Consumer<String> step, boolean memory) {
    double[][] nanos = new double[entries.size()][rounds];
    List<Long> peaks = new ArrayList<>();
    SteadyRounds.Outcome outcome;
    try {
      step.accept("warm-up");
      Abreast.run(warmUpsAtATime, warmUps());
      if (callSum == null) {
        callSum = sameCallSum();
      }
      outcome =
          SteadyRounds.play(
              rounds,
              floorsOf(nanos),
              (round, again) -> {
                if (!again) {
                  step.accept("timed");
                }
                for (int entry : inTurn(forks * rounds + round)) {
                  nanos[entry][round] = round(entries.get(entry));
                }
              });
      if (memory) {
        step.accept("memory");
        entries.forEach(entry -> peaks.add(entry.askPeakBytes()));
      }
    } finally {
      entries.forEach(entry -> entry.host.stop());
    }
    Fork fork = new Fork(Stream.of(nanos).map(Samples::listOf).toList(), peaks, callSum);
    take(fork);
    repeats = repeats.plus(outcome);
    return fork;
  }

  /** The wall time of a replay in a round, in nanoseconds: the mean over those that count. */
  private double round(Entry entry) {
    entry.replay();
    long nanos = 0;
    int replays = 0;
    for (; nanos < leastNanos && replays < MOST_REPLAYS; replays++) {
      nanos += entry.replay();
    }
    return (double) nanos / replays;
  }

  private List<double[]> floorsOf(double[][] nanos) {
    return IntStream.range(0, nanos.length)
        .filter(entry -> entries.get(entry).isFloor)
        .mapToObj(entry -> nanos[entry])
        .toList();
  }

  /**
   * How many rounds were played again because a floor moved, in the forks that were played here.
   */
  public SteadyRounds.Outcome repeats() {
    return repeats;
  }

  /**
   * Counts a fork that was played before, with the same contestants.
   *
   * @throws IllegalArgumentException if it has other numbers of contestants or rounds, or other
   *     calls than the forks before
   */
  public void take(Fork fork) {
    boolean fits =
        fork.nanos().size() == entries.size()
            && fork.nanos().stream().allMatch(each -> each.size() == rounds)
            && (fork.peakBytes().isEmpty() || fork.peakBytes().size() == entries.size())
            && (callSum == null || callSum == fork.callSum());
    if (!fits) {
      throw new IllegalArgumentException("a fork of another match");
    }
    callSum = fork.callSum();
    for (int i = 0; i < entries.size(); i++) {
      entries
          .get(i)
          .nanos
          .add(fork.nanos().get(i).stream().mapToDouble(Double::doubleValue).toArray());
      if (!fork.peakBytes().isEmpty()) {
        entries.get(i).peakBytes.add(fork.peakBytes().get(i));
      }
    }
    forks++;
  }

  /** The warm-ups of each process, which answers one question at a time. */
  private List<Runnable> warmUps() {
    Map<Host, List<Entry>> ofHost =
        TurnOrder.of(entries, forks).stream()
            .collect(
                Collectors.groupingBy(
                    entry -> entry.host, LinkedHashMap::new, Collectors.toList()));
    return ofHost.values().stream()
        .map(sharing -> (Runnable) () -> sharing.forEach(Entry::warmUp))
        .toList();
  }

  /**
   * The checksum of the calls that all contestants make in a round.
   *
   * @throws IllegalStateException if two of them do not make the same
   */
  private long sameCallSum() {
    List<Entry> asked = entries.stream().filter(entry -> !entry.isFloor).toList();
    long first = asked.getFirst().askCallSum();
    for (Entry entry : asked) {
      long sum = entry.askCallSum();
      if (sum != first) {
        throw new IllegalStateException(
            String.format(
                "%s and %s do not make the same calls: checksums %s and %s",
                asked.getFirst().name, entry.name, CallSum.text(first), CallSum.text(sum)));
      }
    }
    return first;
  }

  /** The checksum of the calls of all contestants in a round, once a fork is over. */
  public long callSum() {
    return callSum;
  }

  private List<Integer> inTurn(int turn) {
    return TurnOrder.of(IntStream.range(0, entries.size()).boxed().toList(), turn);
  }

  /** How many forks are over. */
  public int forks() {
    return forks;
  }

  /**
   * The wall times of a contestant, in nanoseconds: of each fork its median, with few forks of each
   * round.
   */
  public double[] samples(String name) {
    return forks < FORKS_FOR_SAMPLES
        ? entry(name).nanos.stream().flatMapToDouble(Arrays::stream).toArray()
        : forkMedians(name);
  }

  /** The turns that {@link #samples} has. */
  public Turns turns() {
    return forks < FORKS_FOR_SAMPLES ? new Turns(forks, rounds) : Turns.independent(forks);
  }

  /** The median wall time of each fork, in nanoseconds. */
  public double[] forkMedians(String name) {
    return entry(name).nanos.stream().mapToDouble(Samples::median).toArray();
  }

  /** The wall times of all rounds of each fork, in nanoseconds. */
  public List<double[]> forkRounds(String name) {
    return entry(name).nanos.stream().map(double[]::clone).toList();
  }

  /** The wall time of its fastest round, in nanoseconds. */
  public double bestNanos(String name) {
    return entry(name).nanos.stream().mapToDouble(Samples::least).min().orElseThrow();
  }

  /** The peak of resident bytes in each fork; none where it is unknown. */
  public double[] forkPeakBytes(String name) {
    return entry(name).peakBytes.stream()
        .filter(Objects::nonNull)
        .mapToDouble(Long::doubleValue)
        .toArray();
  }

  /** The median of its peaks of resident bytes; null if it is unknown. */
  public Long peakBytes(String name) {
    double[] peaks = forkPeakBytes(name);
    return peaks.length == 0 ? null : Math.round(Samples.median(peaks));
  }

  private Entry entry(String name) {
    return entries.stream().filter(entry -> entry.name.equals(name)).findFirst().orElseThrow();
  }
}
