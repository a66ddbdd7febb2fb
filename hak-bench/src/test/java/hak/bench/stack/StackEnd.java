package hak.bench.stack;

import hak.testkit.FailingVirtualMemory;
import hak.testkit.HeapCorruption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.logging.Logger;

/**
 * Makes every call of the API at every distance from the end of the stack. The main class of a JVM
 * of its own, because the methods must be interpreted here and compiled there, and because an
 * allocator that fails may hang or bring the JVM down.
 *
 * <p>Each call is done, or throws StackOverflowError and has changed nothing: it can be made again;
 * and after each sweep over the depths another thread can use every tier, and the walker finds
 * exactly the blocks that the test has.
 */
final class StackEnd {
  /** Frames of about 100 B: more than any call needs, loading and linking included. */
  private static final int FARTHEST_FRAMES = 1_000;

  /** Most calls need less, so a half of the depths is within. */
  private static final int NEAR_FRAMES = 64;

  private static final int DEPTHS_OF_A_SWEEP = 16;
  private static final int DEPTHS_WITH_NEW_STACKS = 4;
  private static final int MOST_FAILURES = Integer.getInteger("hak.test.most-failures", 6);
  private static final long CONTROL_STACK_BYTES = 4 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final List<Condition> CONDITIONS = List.of(Condition.values());
  private static final List<ThreadKind> KINDS = List.of(ThreadKind.values());

  private final Watchdog watchdog = Watchdog.overThisJvm(PATIENCE);
  private final List<String> failures = new ArrayList<>();
  private final long end;
  private final Random random;
  private int depthCount;
  private int sweeps;

  private StackEnd(long seconds, long seed) {
    this.end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    this.random = new Random(seed);
  }

  /** Arguments: {@code warm} or {@code cold}, seconds, seed. */
  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("hak").setUseParentHandlers(false);
    StackEnd test = new StackEnd(Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
    InThread.Work work = arguments[0].equals("cold") ? test::runCold : test::runWarm;
    Runnable body =
        () -> {
          try {
            work.run();
          } catch (Throwable e) {
            test.failures.add(e.toString());
            e.printStackTrace(System.out);
          }
        };
    Thread control = new Thread(null, body, "control", CONTROL_STACK_BYTES);
    control.start();
    control.join();
    System.out.println(test.sweeps + " sweeps, " + test.failures.size() + " failed");
    test.failures.forEach(System.out::println);
    Runtime.getRuntime().halt(test.failures.isEmpty() ? 0 : 1);
  }

  private boolean isOver() {
    return failures.size() >= MOST_FAILURES || System.nanoTime() > end;
  }

  /**
   * Every operation on every stack, again and again: at least once. In twenty rounds each has been
   * in each condition and in each kind of thread.
   */
  private void runWarm() throws Exception {
    int round = 0;
    do {
      for (TestStack stack : TestStack.values()) {
        FailingVirtualMemory system =
            play(stack, round); // in a method of its own, so that the stack can go
        system.awaitNothingMapped();
      }
      round++;
    } while (!isOver());
  }

  private FailingVirtualMemory play(TestStack stack, int round) throws Exception {
    Subject subject = new Subject(stack, random.nextLong());
    int index = round;
    for (Operation operation : Operations.all()) {
      Condition condition = CONDITIONS.get(index % CONDITIONS.size());
      ThreadKind kind = KINDS.get(index % KINDS.size());
      subject = sweep(subject, operation, condition, kind);
      index++;
    }
    return subject.close();
  }

  /** One sweep; returns the subject for the next: another if this one is damaged. */
  private Subject sweep(Subject subject, Operation operation, Condition condition, ThreadKind kind)
      throws Exception {
    if (failures.size() >= MOST_FAILURES) {
      return subject;
    }
    List<StackDepth> depths = nextDepths(operation);
    try {
      sweeps++;
      new StackSweep(watchdog, subject, operation, kind).atEach(depths, condition, false);
      return subject;
    } catch (Throwable e) {
      report(subject, operation, condition + ", " + kind, e);
      if (e instanceof HeapCorruption) {
        sayWhere(subject.stack, operation, condition, kind, depths);
      }
      return new Subject(subject.stack, random.nextLong());
    }
  }

  /** Once more, and the walker looks after each step: most of the time that finds which it was. */
  private void sayWhere(
      TestStack stack,
      Operation operation,
      Condition condition,
      ThreadKind kind,
      List<StackDepth> depths)
      throws Exception {
    Subject subject = new Subject(stack, random.nextLong());
    try {
      new StackSweep(watchdog, subject, operation, kind).atEach(depths, condition, true);
    } catch (Throwable e) {
      e.printStackTrace(System.out);
    } finally {
      subject.abandon();
    }
  }

  /** Every operation as the first of its stack, beginning at the very end; in any order. */
  private void runCold() throws Exception {
    do {
      for (TestStack stack : TestStack.values()) {
        List<Operation> operations = Operations.all();
        Collections.shuffle(operations, random);
        for (Operation operation : operations) {
          if (failures.size() < MOST_FAILURES) {
            sweepCold(stack, operation);
          }
        }
      }
    } while (!isOver());
  }

  private void sweepCold(TestStack stack, Operation operation) throws Exception {
    Subject subject = new Subject(stack, random.nextLong());
    ThreadKind kind = KINDS.get(random.nextInt(KINDS.size()));
    try {
      sweeps++;
      new StackSweep(watchdog, subject, operation, kind).untilDone();
      subject.close();
    } catch (Throwable e) {
      report(subject, operation, "cold, " + kind, e);
    }
  }

  private void report(Subject subject, Operation operation, String how, Throwable e) {
    subject.abandon();
    String where = String.format("%s on %s, %s", operation, subject.stack, how);
    System.out.println("FAILED " + where);
    e.printStackTrace(System.out);
    failures.add(where + ": " + e + (e.getCause() == null ? "" : ": " + e.getCause()));
  }

  private List<StackDepth> nextDepths(Operation operation) {
    List<StackDepth> depths = new ArrayList<>();
    int count = operation.opensStack() ? DEPTHS_WITH_NEW_STACKS : DEPTHS_OF_A_SWEEP;
    for (int i = 0; i < count; i++) {
      depths.add(nextDepth());
    }
    return depths;
  }

  /** Near and far ones in turn; in the long run none is left out. */
  private StackDepth nextDepth() {
    int range = (depthCount & 1) == 0 ? NEAR_FRAMES : FARTHEST_FRAMES;
    int points = range * Descent.WIDE_FRAMES;
    int point = (int) ((depthCount >> 1) * 7_919L % points); // a prime, so that all are met
    depthCount++;
    return new StackDepth(point / Descent.WIDE_FRAMES, point % Descent.WIDE_FRAMES);
  }
}
