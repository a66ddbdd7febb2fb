package hak.bench.stress;

import hak.bench.Jvm;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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

  private final StressRequest request;
  private final Tally tally = new Tally();
  private final Watchdog watchdog;
  private final Queue<StressReport.Failure> failures = new ConcurrentLinkedQueue<>();
  private final long start = System.nanoTime();
  private volatile Round current;

  private Stress(StressRequest request) {
    this.request = request;
    watchdog = new Watchdog(request.patience().toNanos());
  }

  /**
   * Runs a request.
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
    Duration glance = request.patience().dividedBy(16).plusMillis(1);
    Thread hanging = null;
    while (hanging == null && !player.join(glance)) {
      hanging = watchdog.hanging();
    }
    return hanging == null ? report(null) : reportHang(hanging);
  }

  private void playAll() {
    Pulse pulse = watchdog.watch();
    try {
      Round before = null;
      for (int i = 0; goesOn(i) && failures.isEmpty(); i++) {
        Round round = new Round(request, request.seed() + i, watchdog, tally, pulse);
        current = round;
        tell(i, round);
        play(round);
        if (before != null) {
          end(before);
        }
        before = round;
        if (i % COLLECT_EVERY == COLLECT_EVERY - 1) {
          System.gc();
        }
        pulse.beat();
      }
      if (before != null) {
        end(before);
      }
    } catch (Throwable e) {
      failures.add(failure(current, Thread.currentThread().getName(), e));
    } finally {
      watchdog.unwatch(pulse);
    }
  }

  private boolean goesOn(int rounds) {
    return request.limit() == null
        ? rounds < request.rounds()
        : System.nanoTime() - start < request.limit().toNanos();
  }

  private void tell(int rounds, Round round) {
    long total = request.limit() == null ? request.rounds() : request.limit().toSeconds();
    long done = request.limit() == null ? rounds : (System.nanoTime() - start) / 1_000_000_000;
    request
        .progress()
        .advanced(
            "round " + (rounds + 1), round.stage.kind + " " + round.profile.name(), done, total);
  }

  private void play(Round round) throws InterruptedException {
    try {
      round.play();
    } catch (RuntimeException | Error e) {
      round.stage.fail(e);
    }
  }

  /** Waits for what is left of a round and takes over what failed in it. */
  private void end(Round round) throws InterruptedException {
    round.join();
    round.stage.failures.forEach(
        failed -> failures.add(failure(round, failed.thread(), failed.thrown())));
  }

  private static StressReport.Failure failure(Round round, String thread, Throwable thrown) {
    List<String> trace = new ArrayList<>();
    addFrames(thrown, trace);
    for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      trace.add("caused by " + cause);
      addFrames(cause, trace);
    }
    return new StressReport.Failure(
        round == null ? 0 : round.seed,
        round == null ? "none" : round.stage.kind.toString(),
        round == null ? "none" : round.profile.name(),
        thread,
        thrown.toString(),
        trace);
  }

  private static void addFrames(Throwable thrown, List<String> trace) {
    Arrays.stream(thrown.getStackTrace()).forEach(frame -> trace.add("at " + frame));
  }

  private StressReport reportHang(Thread hanging) {
    Round round = current;
    StressException hang =
        new StressException(
            "thread '%s' stood still for %,d ms"
                .formatted(hanging.getName(), request.patience().toMillis()));
    hang.setStackTrace(hanging.getStackTrace());
    failures.add(failure(round, hanging.getName(), hang));
    return report(StackDump.ofAllThreads());
  }

  private StressReport report(String stacks) {
    return new StressReport(
        request.seed(),
        request.profiles().stream().map(profile -> profile.name()).toList(),
        request.threads(),
        Jvm.name(),
        collector(),
        (System.nanoTime() - start) / NANOS,
        tally.rounds(),
        tally.operations(),
        tally.threads.sum(),
        tally.virtualThreads.sum(),
        tally.pinnedThreads.sum(),
        tally.arenas.sum(),
        tally.closesRaced.sum(),
        tally.endedByClose.sum(),
        tally.outOfMemory.sum(),
        peakResidentBytes(),
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

  /** The line {@code VmHWM: 123456 kB}; 0 where the kernel does not tell. */
  private static long peakResidentBytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
