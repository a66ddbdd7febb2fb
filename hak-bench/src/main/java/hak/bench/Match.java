package hak.bench;

import hak.bench.peer.Contestant;
import hak.bench.stats.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Contestants on one workload whose rounds take turns: A B C, C B A, A B C, ... In each fork all
 * processes are started anew.
 */
final class Match {
  /** From so many forks on the process is the sample, not the round. */
  private static final int FORKS_FOR_SAMPLES = 5;

  private final List<Entry> entries = new ArrayList<>();
  private final int forks;
  private final int rounds;

  /** One contestant: its process, and its number in that process. */
  private static final class Entry {
    private final String name;
    private final Host host;
    private final int target;
    private final double[] nanos;
    private Long peakBytes;

    Entry(String name, Host host, int target, int turns) {
      this.name = name;
      this.host = host;
      this.target = target;
      this.nanos = new double[turns];
    }
  }

  /** A process that is started anew in each fork. */
  static final class Host {
    private final Supplier<Contestant> starter;
    private Contestant running;

    Host(Supplier<Contestant> starter) {
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

  /** A match of so many forks with so many rounds each. */
  Match(int forks, int rounds) {
    this.forks = forks;
    this.rounds = rounds;
  }

  /** Adds a contestant with a process of its own. */
  void add(String name, Supplier<Contestant> starter) {
    add(name, new Host(starter), 0);
  }

  /** Adds a contestant: number {@code target} of a process. */
  void add(String name, Host host, int target) {
    entries.add(new Entry(name, host, target, forks * rounds));
  }

  /** Plays, for times and memory. */
  void play(String workload, Steps steps) {
    play(workload, steps, true);
  }

  /** Plays for times alone. */
  void playTimes(String workload, Steps steps) {
    play(workload, steps, false);
  }

  private void play(String workload, Steps steps, boolean memory) {
    for (int fork = 0; fork < forks; fork++) {
      try {
        steps.begin(workload, "warm-up");
        for (Entry entry : entries) {
          entry.host.start();
          entry.host.running.warmUp(entry.target);
        }
        for (int round = 0; round < rounds; round++) {
          steps.begin(workload, "timed");
          playTurn(fork * rounds + round);
        }
        if (memory && fork == forks - 1) {
          steps.begin(workload, "memory");
          entries.forEach(entry -> entry.peakBytes = entry.host.running.peakBytes(entry.target));
        }
      } finally {
        entries.forEach(entry -> entry.host.stop());
      }
    }
  }

  /** How many steps {@link #play} has; {@link #playTimes} has one less. */
  static int steps(int forks, int rounds) {
    return forks * (rounds + 1) + 1;
  }

  private void playTurn(int turn) {
    List<Entry> order = new ArrayList<>(entries);
    if (turn % 2 == 1) {
      Collections.reverse(order);
    }
    for (Entry entry : order) {
      entry.nanos[turn] = entry.host.running.round(entry.target);
    }
  }

  /**
   * The wall times of a contestant, in nanoseconds: of each fork its median, with few forks of each
   * round.
   */
  double[] samples(String name) {
    double[] nanos = entry(name).nanos;
    if (forks < FORKS_FOR_SAMPLES) {
      return nanos;
    }
    double[] medians = new double[forks];
    for (int fork = 0; fork < forks; fork++) {
      medians[fork] = Samples.median(Arrays.copyOfRange(nanos, fork * rounds, (fork + 1) * rounds));
    }
    return medians;
  }

  /** The wall time of its fastest round, in nanoseconds. */
  double bestNanos(String name) {
    return Samples.least(entry(name).nanos);
  }

  /** Its peak of resident bytes; null if it is unknown. */
  Long peakBytes(String name) {
    return entry(name).peakBytes;
  }

  private Entry entry(String name) {
    return entries.stream().filter(entry -> entry.name.equals(name)).findFirst().orElseThrow();
  }
}
