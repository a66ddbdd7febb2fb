package hak.bench.stress.actors;

import hak.bench.stress.stage.Stage;
import hak.bench.stress.watch.Pulse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The threads of a round: some stay, some die young all the time, many are virtual. */
public final class Crowd {
  private static final int SHORT_LIVED_AT_ONCE = 4;
  private static final int SHORT_LIVED_OPERATIONS = 400;
  private static final int VIRTUAL_AT_ONCE = 200;
  private static final int VIRTUAL_OPERATIONS = 100;
  private static final int PINNED_AT_ONCE = 3_000;
  private static final int PINNED_OPERATIONS = 12;

  /** One in so many bursts of virtual threads is of pinned ones. */
  private static final int PINNED_ONE_IN = 16;

  private static final Duration GLANCE = Duration.ofMillis(100);

  private final Stage stage;
  private final List<Thread> threads = new ArrayList<>();

  public Crowd(Stage stage) {
    this.stage = stage;
  }

  /** Starts all of them; {@code staying} platform threads stay to the end. */
  public void start(int staying, SplittableRandom random) {
    for (int i = 0; i < staying; i++) {
      Actor actor = new Actor(stage, random.nextLong());
      stage.tally().threads.increment();
      start("platform-" + i, () -> actor.run(Long.MAX_VALUE));
    }
    SplittableRandom ofShortLived = random.split();
    start("mother", () -> keepStarting(() -> startShortLived(ofShortLived)));
    SplittableRandom ofVirtual = random.split();
    start("mother of virtual", () -> keepStarting(() -> startVirtual(ofVirtual)));
  }

  private void start(String role, Runnable work) {
    threads.add(platform(role, work));
  }

  /** Starts a platform thread that does not keep the JVM from its end. */
  private Thread platform(String role, Runnable work) {
    return Thread.ofPlatform().daemon().name(stage.round().threadName(role)).start(work);
  }

  /** A generation of threads, all started. */
  private interface Generation {
    List<Thread> start();
  }

  /** One generation after another, until the round stops. */
  private void keepStarting(Generation generation) {
    try {
      while (!stage.isStopping() && !stage.isClosed()) {
        for (Thread thread : generation.start()) {
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
      started.add(platform("short-lived", () -> actor.run(operations)));
    }
    stage.tally().threads.add(started.size());
    return started;
  }

  private List<Thread> startVirtual(SplittableRandom random) {
    boolean pins = random.nextInt(PINNED_ONE_IN) == 0;
    int count = 1 + random.nextInt(pins ? PINNED_AT_ONCE : VIRTUAL_AT_ONCE);
    int most = pins ? PINNED_OPERATIONS : VIRTUAL_OPERATIONS;
    Thread.Builder builder =
        Thread.ofVirtual().name(stage.round().threadName(pins ? "pinned" : "virtual"));
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < count && !stage.isStopping(); i++) {
      Actor actor = new Actor(stage, random.nextLong());
      long operations = 1L + random.nextInt(most);
      Runnable work = () -> actor.run(operations);
      started.add(builder.start(pins ? () -> Pinned.run(work) : work));
    }
    stage.tally().virtualThreads.add(started.size());
    if (pins) {
      stage.tally().pinnedThreads.add(started.size());
    }
    return started;
  }

  /** Waits for the end of all of them. */
  public void join(Pulse pulse) throws InterruptedException {
    for (Thread thread : threads) {
      join(thread, pulse);
    }
  }

  /** Waits for a thread that is watched itself: the one that waits does not hang. */
  public static void join(Thread thread, Pulse pulse) throws InterruptedException {
    while (!thread.join(GLANCE)) {
      pulse.beat();
    }
  }
}
