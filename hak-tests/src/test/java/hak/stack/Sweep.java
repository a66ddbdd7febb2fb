package hak.stack;

import hak.stack.Operation.Place;

/**
 * One operation by threads of one kind, at one distance from an end after the other: of the stack,
 * of the Java heap.
 *
 * @param <D> a distance
 */
abstract class Sweep<D> {
  final Subject subject;
  final Operation operation;
  private final ThreadKind kind;
  private final Watchdog watchdog;
  private int failedCalls;

  Sweep(Watchdog watchdog, Subject subject, Operation operation, ThreadKind kind) {
    this.watchdog = watchdog;
    this.subject = subject;
    this.operation = operation;
    this.kind = kind;
  }

  /** Called on the thread that will make the calls. */
  void begin() throws Exception {}

  /** Makes the call so far from the end; returns what it threw, null if it was done. */
  abstract Throwable attempt(D distance);

  /** Whether a call may throw this. */
  abstract boolean isOfTheEnd(Throwable thrown);

  /** Runs all in one thread of the kind; a new thread's call is made in a thread of its own. */
  final void inThread(InThread.Work work) throws Exception {
    if (operation.place() == Place.NEW_THREAD) {
      work.run();
    } else {
      kind.run(() -> {
        begin();
        work.run();
      });
    }
  }

  private Throwable attemptInItsThread(D distance) throws Exception {
    if (operation.place() != Place.NEW_THREAD) {
      return attempt(distance);
    }
    Throwable[] thrown = new Throwable[1];
    kind.run(() -> {
      begin();
      thrown[0] = attempt(distance);
    });
    return thrown[0];
  }

  /**
   * Prepares the call, makes it, and if it threw makes it again, with room.
   *
   * @param walks whether the walker looks afterwards
   * @return whether it was done at the first time
   * @throws AssertionError naming the distance, with what the call threw as suppressed
   */
  final boolean step(D distance, Condition condition, boolean walks) throws Exception {
    watchdog.progress();
    condition.bringAbout(subject);
    operation.prepare().run(subject);
    Throwable thrown = attemptInItsThread(distance);
    try {
      if (thrown != null) {
        requireUnchanged(thrown);
        operation.call().run(subject);
      }
      operation.done().run(subject);
      if (walks) {
        subject.walk();
      }
    } catch (Throwable e) {
      throw failure(distance, thrown, e);
    }
    return thrown == null;
  }

  /**
   * Makes a call that is prepared already; it stays prepared if it throws.
   *
   * @return whether it was done
   */
  final boolean stepPrepared(D distance) throws Exception {
    watchdog.progress();
    Throwable thrown = attemptInItsThread(distance);
    try {
      if (thrown == null) {
        operation.done().run(subject);
      } else {
        requireUnchanged(thrown);
      }
    } catch (Throwable e) {
      throw failure(distance, thrown, e);
    }
    return thrown == null;
  }

  private void requireUnchanged(Throwable thrown) throws Exception {
    if (!isOfTheEnd(thrown)) {
      throw new AssertionError("not the error of this end", thrown);
    }
    failedCalls++;
    operation.unchanged().run(subject);
  }

  private AssertionError failure(D distance, Throwable thrown, Throwable cause) {
    AssertionError failure = new AssertionError(distance.toString(), cause);
    if (thrown != null && !thrown.equals(cause.getCause())) {
      failure.addSuppressed(thrown);
    }
    return failure;
  }

  /** How many calls threw. */
  final int failedCalls() {
    return failedCalls;
  }

  /** Checks that no lock is held, that every block is where it belongs, and what was given back. */
  final void requireSound() throws Exception {
    watchdog.progress();
    subject.requireWorking();
    subject.walk();
    if (operation.opensStack()) {
      subject.systemOfOther.awaitNothingMapped();
    }
  }
}
