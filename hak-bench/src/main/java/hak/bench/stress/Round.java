package hak.bench.stress;

import hak.core.Hak;
import hak.core.spi.Profile;
import hak.core.spi.StackOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/**
 * One round: a stack is opened, all kinds of threads use it, and it ends in one of two ways.
 *
 * <p>Threads are named after the round, so that the crash log of a JVM tells how to repeat it.
 */
final class Round {
  private static final int SHORT_LIVED_AT_ONCE = 4;
  private static final int SHORT_LIVED_OPERATIONS = 400;
  private static final int VIRTUAL_AT_ONCE = 200;
  private static final int VIRTUAL_OPERATIONS = 100;
  private static final int PINNED_AT_ONCE = 3_000;
  private static final int PINNED_OPERATIONS = 12;

  /** A burst of pinned threads comes once in so many bursts. */
  private static final int PINNED_ONE_IN = 16;

  /** The shortest round takes this share of the longest. */
  private static final int SHORTEST_SHARE = 64;

  final long seed;
  final Profile profile;
  final Stage stage;
  private final StressRequest request;
  private final SplittableRandom random;
  private final Pulse pulse;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Opens the stack of a round.
   *
   * @param pulse of the running thread
   */
  Round(StressRequest request, long seed, Watchdog watchdog, Tally tally, Pulse pulse) {
    this.request = request;
    this.seed = seed;
    this.pulse = pulse;
    random = new SplittableRandom(seed);
    RoundKind kind = RoundKind.of(seed, request.closeRaces());
    List<Profile> profiles = request.profiles();
    Profile asked = profiles.get((int) Math.floorMod(seed >> 1, (long) profiles.size()));
    profile = kind == RoundKind.FULL ? smallest(asked) : asked;
    stage =
        new Stage(
            Hak.open(profile),
            kind,
            !profile.guards().isEmpty(),
            request.memoryBytes(),
            watchdog,
            tally);
    tally.count(kind);
  }

  private static Profile smallest(Profile profile) {
    return profile.withRegionBytes(profile.options().startBytes() + StackOptions.REGION.min());
  }

  /**
   * Plays the round. Threads of a racing round may still be ending when this returns; of others all
   * are joined.
   */
  void play() throws InterruptedException {
    startThreads();
    pulse.beat();
    sleep(lengthMillis());
    if (stage.kind == RoundKind.RACING) {
      raceClose();
      return;
    }
    stage.stop();
    join();
    if (stage.failures.isEmpty()) {
      new QuietEnd(stage, request.heapCheck(), pulse).run();
    }
    stage.close();
  }

  /** Longer and shorter ones: each doubling is as likely. */
  private long lengthMillis() {
    long longest = request.longestRound().toMillis();
    double shortest = Math.max(1, (double) longest / SHORTEST_SHARE);
    return (long) (shortest * Math.pow(longest / shortest, random.nextDouble()));
  }

  /** Sleeps while the round goes well. */
  private void sleep(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; left > 0 && !stage.isStopping(); ) {
      Thread.sleep(Math.min(left, 20));
      pulse.beat();
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  private void startThreads() {
    for (int i = 0; i < request.threads(); i++) {
      start("platform-" + i, actor());
    }
    SplittableRandom ofShortLived = random.split();
    start("short-lived", () -> keepStarting(ofShortLived, this::startShortLived));
    SplittableRandom ofVirtual = random.split();
    start("virtual", () -> keepStarting(ofVirtual, this::startVirtual));
  }

  private Runnable actor() {
    Actor actor = new Actor(stage, random.nextLong());
    return () -> {
      stage.tally.threads.increment();
      actor.run(Long.MAX_VALUE);
    };
  }

  private void start(String name, Runnable work) {
    threads.add(Thread.ofPlatform().daemon().name(threadName(name)).start(work));
  }

  private String threadName(String name) {
    return String.format("stress %d %s %s %s", seed, stage.kind, profile.name(), name);
  }

  /** Starts threads that end after a while. */
  private interface Starter {
    List<Thread> start(SplittableRandom random);
  }

  /** One generation after another, until the round stops. */
  private void keepStarting(SplittableRandom random, Starter starter) {
    try {
      while (!stage.isStopping() && !stage.isClosed()) {
        for (Thread thread : starter.start(random)) {
          thread.join();
        }
      }
    } catch (Throwable e) {
      stage.fail(e);
    }
  }

  private List<Thread> startShortLived(SplittableRandom random) {
    List<Thread> started = new ArrayList<>();
    for (int i = 1 + random.nextInt(SHORT_LIVED_AT_ONCE); i > 0; i--) {
      Actor actor = new Actor(stage, random.nextLong());
      long operations = 1L + random.nextInt(SHORT_LIVED_OPERATIONS);
      started.add(
          Thread.ofPlatform()
              .daemon()
              .name(threadName("short-lived"))
              .start(() -> actor.run(operations)));
      stage.tally.threads.increment();
    }
    return started;
  }

  private List<Thread> startVirtual(SplittableRandom random) {
    boolean pins = random.nextInt(PINNED_ONE_IN) == 0;
    int count = 1 + random.nextInt(pins ? PINNED_AT_ONCE : VIRTUAL_AT_ONCE);
    int most = pins ? PINNED_OPERATIONS : VIRTUAL_OPERATIONS;
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < count && !stage.isStopping(); i++) {
      Actor actor = new Actor(stage, random.nextLong());
      long operations = 1L + random.nextInt(most);
      Runnable work = () -> actor.run(operations);
      started.add(
          Thread.ofVirtual()
              .name(threadName(pins ? "pinned" : "virtual"))
              .start(pins ? () -> Pinned.run(work) : work));
    }
    stage.tally.virtualThreads.add(started.size());
    if (pins) {
      stage.tally.pinnedThreads.add(started.size());
    }
    return started;
  }

  /** One thread closes, at times two do; then every call must throw. */
  private void raceClose() throws InterruptedException {
    List<Thread> closers = new ArrayList<>();
    CountDownLatch ready = new CountDownLatch(1);
    for (int i = random.nextInt(4) == 0 ? 2 : 1; i > 0; i--) {
      Thread.Builder builder =
          random.nextInt(4) == 0 ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
      closers.add(
          builder
              .name(threadName("closer"))
              .start(() -> {
                Pulse own = stage.watchdog.watch();
                try {
                  ready.await();
                  stage.close();
                } catch (Throwable e) {
                  stage.fail(e);
                } finally {
                  stage.watchdog.unwatch(own);
                }
              }));
    }
    ready.countDown();
    for (Thread closer : closers) {
      join(closer);
    }
    stage.tally.closesRaced.increment();
    if (stage.isClosed()) {
      ClosedCalls.requireAllThrow(stage.allocator);
    }
  }

  /** Waits for the end of all threads; those are watched. */
  void join() throws InterruptedException {
    for (Thread thread : threads) {
      join(thread);
    }
  }

  private void join(Thread thread) throws InterruptedException {
    while (!thread.join(java.time.Duration.ofMillis(100))) {
      pulse.beat();
    }
  }
}
