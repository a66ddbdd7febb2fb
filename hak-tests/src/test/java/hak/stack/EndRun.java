package hak.stack;

import hak.core.profile.Profile;
import hak.testkit.FailingVirtualMemory;
import hak.testkit.HeapCorruption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * Makes every call of the API near an end: of the stack, of the Java heap. Runs in a JVM of its
 * own, because options say where the ends are, and because an allocator that fails may hang or
 * bring the JVM down.
 *
 * <p>Each call is done, or throws the error of that end and has changed nothing: it can be made
 * again; and after each sweep over the distances another thread can use every tier, and the walker
 * finds exactly the blocks that the test has.
 */
abstract class EndRun {
  private static final String MOST_FAILURES_KEY = "hak.test.most-failures";
  private static final String ONLY_KEY = "hak.test.operation";
  private static final int MOST_FAILURES = Integer.getInteger(MOST_FAILURES_KEY, 6);
  private static final String ONLY = System.getProperty(ONLY_KEY, "");
  private static final long CONTROL_STACK_BYTES = 4 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<Condition> CONDITIONS = List.of(Condition.values());
  private static final List<ThreadKind> KINDS = List.of(ThreadKind.values());

  final Watchdog watchdog;
  final SplittableRandom random;
  final List<Profile> stacks;
  final List<Operation> operations;
  final EndScope scope;
  private final List<String> failures = new ArrayList<>();
  private final long end;
  private int sweeps;

  /**
   * A run of at least so many seconds.
   *
   * @param scope what is tried
   * @param makeRoom makes room in the Java heap, if the run fills it
   */
  EndRun(EndScope scope, long seconds, long seed, Runnable makeRoom) {
    this.scope = scope;
    this.stacks = scope.stacks();
    this.operations = scope.operations();
    this.watchdog = Watchdog.overThisJvm(PATIENCE, makeRoom);
    this.end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    this.random = new SplittableRandom(seed);
  }

  /** What a JVM that runs this is told by the one that starts it: which calls, when to give up. */
  static List<String> optionsOfParent() {
    return List.of("-D" + MOST_FAILURES_KEY + "=" + MOST_FAILURES, "-D" + ONLY_KEY + "=" + ONLY);
  }

  /**
   * Makes one operation at several distances.
   *
   * @param walks whether the walker looks after each step; then the distances are those of the last
   *     sweep once more
   */
  abstract void sweep(
      Subject subject, Operation operation, Condition condition, ThreadKind kind, boolean walks)
      throws Exception;

  /** Runs {@code work} with all the stack it wants, says what failed, and ends the JVM. */
  final void runAndExit(InThread.Work work) throws InterruptedException {
    Logger.getLogger("hak").setUseParentHandlers(false);
    Runnable body =
        () -> {
          try {
            work.run();
          } catch (Throwable e) {
            report("between the sweeps", e);
          }
        };
    Thread control = new Thread(null, body, "control", CONTROL_STACK_BYTES);
    control.start();
    control.join();
    System.out.println(sweeps + " sweeps, " + failures.size() + " failed");
    failures.forEach(System.out::println);
    System.out.flush();
    Runtime.getRuntime().halt(failures.isEmpty() && sweeps > 0 ? 0 : 1);
  }

  final boolean hasFailedOften() {
    return failures.size() >= MOST_FAILURES;
  }

  final boolean isOver() {
    return hasFailedOften() || System.nanoTime() > end;
  }

  final ThreadKind randomKind() {
    return KINDS.get(random.nextInt(KINDS.size()));
  }

  /**
   * All operations in turn, again and again, at least once round. Which condition an operation
   * meets on which stack changes with each round, until all of them have met; where it begins is
   * random, so that short runs see all of it in time.
   */
  final void playRounds() throws Exception {
    int round = random.nextInt(stacks.size() * CONDITIONS.size());
    do {
      for (int stack = 0; stack < stacks.size(); stack++) {
        List<Integer> mine = inRound(round, stack, operations.size());
        // In a method of its own, so that the stack can go.
        play(stacks.get(stack), mine, round).awaitNothingMapped();
      }
      round++;
    } while (!isOver());
  }

  /**
   * Which of so many things are on a stack in a round: each is on one of the stacks, and in the
   * next round on another.
   */
  final List<Integer> inRound(int round, int stack, int things) {
    return IntStream.range(0, things)
        .filter(i -> Math.floorMod(stack - i - round, stacks.size()) == 0)
        .boxed()
        .toList();
  }

  final Subject newSubject(Profile stack) {
    return new Subject(scope, stack, random.nextLong());
  }

  private FailingVirtualMemory play(Profile stack, List<Integer> indices, int round)
      throws Exception {
    Subject subject = newSubject(stack);
    for (int index : indices) {
      if (hasFailedOften()) {
        break;
      }
      Operation operation = operations.get(index);
      if (!operation.name().contains(ONLY)) {
        continue;
      }
      Condition condition = CONDITIONS.get((index + round) % CONDITIONS.size());
      ThreadKind kind = randomKind();
      try {
        sweeps++;
        sweep(subject, operation, condition, kind, false);
      } catch (Throwable e) {
        subject.abandon();
        report(String.format("%s on %s, %s, %s", operation, stack.name(), condition, kind), e);
        if (e instanceof HeapCorruption) {
          sayWhere(newSubject(stack), operation, condition, kind);
        }
        subject = newSubject(stack);
      }
    }
    return subject.close();
  }

  /** Once more with the walker after each step, which most of the time finds the one it was. */
  private void sayWhere(
      Subject subject, Operation operation, Condition condition, ThreadKind kind) {
    try {
      sweep(subject, operation, condition, kind, true);
      System.out.println("not again with a walk after each step");
    } catch (Throwable e) {
      e.printStackTrace(System.out);
    } finally {
      subject.abandon();
    }
  }

  /** Runs a sweep that is in no round. */
  final void sweepAlone(String what, InThread.Work sweep) {
    try {
      sweeps++;
      watchdog.progress();
      sweep.run();
    } catch (Throwable e) {
      report(what, e);
    }
  }

  private void report(String where, Throwable e) {
    System.out.println("FAILED " + where);
    e.printStackTrace(System.out);
    failures.add(where + ": " + e + (e.getCause() == null ? "" : ": " + e.getCause()));
  }
}
