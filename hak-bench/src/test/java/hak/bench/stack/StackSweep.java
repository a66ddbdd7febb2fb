package hak.bench.stack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.bench.stack.Operation.Place;
import java.util.List;

/**
 * One operation by threads of one kind, at one distance from the end of the stack after the other.
 */
final class StackSweep {
  private final Watchdog watchdog;
  private final Subject subject;
  private final Operation operation;
  private final ThreadKind kind;
  private Descent descent;
  private int overflows;

  StackSweep(Watchdog watchdog, Subject subject, Operation operation, ThreadKind kind) {
    this.watchdog = watchdog;
    this.subject = subject;
    this.operation = operation;
    this.kind = kind;
  }

  /**
   * Prepares the call at each depth anew; one that overflows is made again at once, with room.
   *
   * @param walksEachStep whether the walker looks after each depth and not only at the end
   * @throws AssertionError naming the depth, with the overflow there as suppressed
   */
  void atEach(List<StackDepth> depths, Condition condition, boolean walksEachStep)
      throws Exception {
    inThread(() -> {
      for (StackDepth depth : depths) {
        watchdog.progress();
        condition.bringAbout(subject);
        operation.prepare().run(subject);
        Throwable thrown = attempt(depth);
        try {
          if (thrown != null) {
            requireUnchanged(thrown);
            operation.call().run(subject);
          }
          operation.done().run(subject);
          if (walksEachStep) {
            subject.walk();
          }
        } catch (Throwable e) {
          throw failure(depth, thrown, e);
        }
      }
    });
    requireSound();
  }

  /**
   * Goes away from the end until the call is done: it is made the first time at all where there is
   * no room, so classes are loaded and calls are linked there.
   */
  void untilDone() throws Exception {
    inThread(() -> {
      operation.prepare().run(subject);
      int frames = 0;
      Throwable thrown;
      do {
        watchdog.progress();
        StackDepth depth = new StackDepth(frames, 0);
        thrown = attempt(depth);
        try {
          if (thrown == null) {
            operation.done().run(subject);
          } else {
            requireUnchanged(thrown);
          }
        } catch (Throwable e) {
          throw failure(depth, thrown, e);
        }
        frames += 1 + frames / 8;
      } while (thrown != null);
    });
    assertTrue(overflows > 0, "the stack never ended");
    requireSound();
  }

  /** Runs all in one thread of the kind; a new thread's call is made in a thread of its own. */
  private void inThread(InThread.Work work) throws Exception {
    if (operation.place() == Place.NEW_THREAD) {
      work.run();
    } else {
      kind.run(() -> {
        descent = new Descent();
        work.run();
      });
    }
  }

  private Throwable attempt(StackDepth depth) throws Exception {
    if (operation.place() != Place.NEW_THREAD) {
      return descent.attempt(depth, operation.call(), subject);
    }
    Throwable[] thrown = new Throwable[1];
    kind.run(() -> thrown[0] = new Descent().attempt(depth, operation.call(), subject));
    return thrown[0];
  }

  private void requireUnchanged(Throwable thrown) throws Exception {
    if (!(thrown instanceof StackOverflowError)) {
      throw new AssertionError("not the error of an overflow", thrown);
    }
    overflows++;
    operation.unchanged().run(subject);
  }

  private static AssertionError failure(StackDepth depth, Throwable thrown, Throwable cause) {
    AssertionError failure = new AssertionError(depth.toString(), cause);
    if (thrown != null && !thrown.equals(cause.getCause())) {
      failure.addSuppressed(thrown);
    }
    return failure;
  }

  private void requireSound() throws Exception {
    watchdog.progress();
    subject.requireWorking();
    subject.walk();
    if (operation.opensStack()) {
      subject.systemOfOther.awaitNothingMapped();
    }
  }
}
