package hak.bench.stress;

import hak.bench.Jvm;
import hak.bench.measure.ProcessMemory;
import hak.bench.replay.QuietLog;
import hak.bench.stress.check.StressException;
import hak.bench.stress.end.Afterlife;
import hak.bench.stress.plan.RoundPlan;
import hak.bench.stress.plan.StressRequest;
import hak.bench.stress.report.StackDump;
import hak.bench.stress.report.StressReport;
import hak.bench.stress.report.Tally;
import hak.bench.stress.watch.Pulse;
import hak.bench.stress.watch.Watchdog;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Plays one round after another until the time is over, one fails, or a thread hangs. A thread of
 * its own plays, so that the caller can watch it.
 */
public final class Stress {
  private static final double NANOS = 1e9;

  /** Closed stacks give their addresses back when they are collected; one takes up to 32 GiB. */
  private static final int COLLECT_EVERY = 16;

  /** How often the threads are looked at within the patience. */
  private static final int GLANCES = 16;

  private final StressRequest request;
  private final Tally tally = new Tally();
  private final Watchdog watchdog;
  private final Queue<StressReport.Failure> failures = new ConcurrentLinkedQueue<>();
  private final long start = System.nanoTime();

  private Stress(StressRequest request) {
    this.request = request;
    watchdog = new Watchdog(request.plan().patience().toNanos());
  }

  /**
   * Runs a request. Meanwhile the logger of allocators is silent.
   *
   * <p>After a failure, and after a hang above all, threads of the round may go on; the process
   * should end.
   *
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  public static StressReport run(StressRequest request) throws InterruptedException {
    QuietLog log = QuietLog.begin();
    try {
      return new Stress(request).run();
    } finally {
      log.end();
    }
  }

  private StressReport run() throws InterruptedException {
    Thread player = Thread.ofPlatform().daemon().name("stress player").start(this::playAll);
    Duration glance = request.plan().patience().dividedBy(GLANCES).plusMillis(1);
    Pulse hanging = null;
    while (hanging == null && !player.join(glance)) {
      hanging = watchdog.hanging();
    }
    return hanging == null ? report(null) : reportHang(hanging);
  }

  private void playAll() {
    Pulse pulse = watchdog.watch(RoundPlan.of(request, request.plan().seed()));
    try {
      Afterlife afterlife = new Afterlife(request.plan().seed());
      Round before = null;
      for (int i = 0; goesOn(i) && failures.isEmpty(); i++) {
        RoundPlan plan = RoundPlan.of(request, request.plan().seed() + i);
        pulse.enter(plan);
        tell(i, plan);
        Round round = new Round(request, plan, watchdog, tally, pulse);
        round.play();
        if (before != null) {
          failures.addAll(before.end(afterlife));
        }
        before = round;
        if (i % COLLECT_EVERY == COLLECT_EVERY - 1) {
          collect(afterlife);
        }
      }
      if (before != null) {
        failures.addAll(before.end(afterlife));
      }
      collect(afterlife);
    } catch (Throwable e) {
      failures.add(StressReport.Failure.of(pulse.round(), pulse.thread(), e));
    } finally {
      watchdog.unwatch(pulse);
    }
  }

  private static void collect(Afterlife afterlife) {
    System.gc();
    afterlife.end();
  }

  private boolean goesOn(int rounds) {
    return request.limit() == null
        ? rounds < request.rounds()
        : System.nanoTime() - start < request.limit().toNanos();
  }

  private void tell(int rounds, RoundPlan plan) {
    String what = "round " + (rounds + 1);
    String kind = plan.kind() + " " + plan.profile().name();
    if (request.limit() == null) {
      request.progress().advanced(what, kind, rounds, request.rounds());
    } else {
      long seconds = (System.nanoTime() - start) / (long) NANOS;
      request.progress().advanced(what, kind, seconds, request.limit().toSeconds());
    }
  }

  private StressReport reportHang(Pulse hanging) {
    StressException hang =
        new StressException(
            String.format("it stood still for %,d ms", request.plan().patience().toMillis()));
    hang.setStackTrace(hanging.thread().getStackTrace());
    failures.add(StressReport.Failure.of(hanging.round(), hanging.thread(), hang));
    return report(StackDump.ofAllThreads());
  }

  private StressReport report(String stacks) {
    return new StressReport(
        request.plan().seed(),
        request.profiles().stream().map(profile -> profile.name()).toList(),
        request.plan().threads(),
        Jvm.name(),
        collector(),
        (System.nanoTime() - start) / NANOS,
        peakResidentBytes(),
        tally.counts(),
        List.copyOf(failures),
        stacks);
  }

  private static String collector() {
    return String.join(
        ", ",
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList());
  }

  /** 0 where the kernel does not tell. */
  private static long peakResidentBytes() {
    try {
      return ProcessMemory.peakBytes();
    } catch (IOException e) {
      return 0;
    }
  }
}
