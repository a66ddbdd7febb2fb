package hak.bench.stress;

import hak.bench.stress.actors.Crowd;
import hak.bench.stress.check.ClosedCalls;
import hak.bench.stress.end.Afterlife;
import hak.bench.stress.end.QuietEnd;
import hak.bench.stress.plan.RoundKind;
import hak.bench.stress.plan.RoundPlan;
import hak.bench.stress.plan.StressRequest;
import hak.bench.stress.report.StressReport;
import hak.bench.stress.report.Tally;
import hak.bench.stress.stage.Stage;
import hak.bench.stress.watch.Pulse;
import hak.bench.stress.watch.Watchdog;
import hak.core.Hak;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/** One round: a stack is opened, a crowd uses it, and it ends quietly or by a close. */
final class Round {
  /** In one round 1 of 1000 operations concerns the whole stack, in another 128 do. */
  private static final int OF_THE_STACK_DOUBLINGS = 8;

  /** Racing rounds are shorter by this: what matters is their end. */
  private static final int RACING_SHARE = 4;

  /** The shortest round takes this share of the longest. */
  private static final int SHORTEST_SHARE = 64;

  private static final int GLANCE_MILLIS = 20;

  private final StressRequest request;
  private final SplittableRandom random;
  private final Stage stage;
  private final Crowd crowd;
  private final Pulse pulse;

  /**
   * Opens the stack.
   *
   * @param pulse of the running thread, which plays the round
   */
  Round(StressRequest request, RoundPlan plan, Watchdog watchdog, Tally tally, Pulse pulse) {
    this.request = request;
    this.pulse = pulse;
    random = new SplittableRandom(plan.seed());
    stage =
        new Stage(
            plan,
            Hak.open(plan.profile()),
            request.plan().memoryBytes(),
            1 << random.nextInt(OF_THE_STACK_DOUBLINGS),
            watchdog,
            tally);
    crowd = new Crowd(stage);
    tally.count(plan.kind());
  }

  /**
   * Plays the round. What fails is told by {@link #end}. Threads of a racing round may go on when
   * this returns.
   */
  void play() throws InterruptedException {
    try {
      crowd.start(request.plan().threads(), random);
      sleepWhileFine(lengthMillis());
      if (stage.round().kind() == RoundKind.RACING) {
        raceClose();
      } else {
        endQuietly();
      }
    } catch (RuntimeException | Error e) {
      stage.fail(e);
    }
  }

  /** Waits for the end of all threads; what failed in the round. */
  List<StressReport.Failure> end(Afterlife afterlife) throws InterruptedException {
    crowd.join(pulse);
    if (stage.round().kind() == RoundKind.RACING) {
      afterlife.takeOver(stage);
    }
    return stage.failures();
  }

  /** Longer and shorter ones: each doubling is as likely. */
  private long lengthMillis() {
    double longest = request.plan().longestRound().toMillis();
    if (stage.round().kind() == RoundKind.RACING) {
      longest /= RACING_SHARE;
    }
    double shortest = Math.max(1, longest / SHORTEST_SHARE);
    return (long) (shortest * Math.pow(longest / shortest, random.nextDouble()));
  }

  private void sleepWhileFine(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; left > 0 && !stage.isStopping(); ) {
      pulse.beat();
      Thread.sleep(Math.min(left, GLANCE_MILLIS));
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  private void endQuietly() throws InterruptedException {
    stage.stop();
    crowd.join(pulse);
    if (stage.failures().isEmpty()) {
      new QuietEnd(stage, request.heapCheck(), pulse).run();
    }
    stage.close();
  }

  /** One thread closes, at times two do; then every call must throw. */
  private void raceClose() throws InterruptedException {
    int count = random.nextInt(4) == 0 ? 2 : 1;
    stage.announceClosers(count);
    CountDownLatch ready = new CountDownLatch(1);
    List<Thread> closers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Thread.Builder builder =
          random.nextInt(4) == 0 ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
      closers.add(builder.name(stage.round().threadName("closer")).start(() -> closeWhen(ready)));
    }
    ready.countDown();
    for (Thread closer : closers) {
      Crowd.join(closer, pulse);
    }
    stage.tally().closesRaced.increment();
    if (stage.isClosed()) {
      ClosedCalls.requireAllThrow(stage.allocator());
    }
  }

  private void closeWhen(CountDownLatch ready) {
    Pulse own = stage.watchdog().watch(stage.round());
    try {
      ready.await();
      stage.close();
    } catch (Throwable e) {
      stage.fail(e);
    } finally {
      stage.watchdog().unwatch(own);
    }
  }
}
