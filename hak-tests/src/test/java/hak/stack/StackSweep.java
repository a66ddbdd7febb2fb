package hak.stack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** A sweep towards the end of the stack. */
final class StackSweep extends Sweep<StackDepth> {
  private Descent descent;

  StackSweep(Watchdog watchdog, Subject subject, Operation operation, ThreadKind kind) {
    super(watchdog, subject, operation, kind);
  }

  @Override
  void begin() throws Exception {
    descent = new Descent();
  }

  @Override
  Throwable attempt(StackDepth depth) {
    return descent.attempt(depth, operation.call(), subject);
  }

  @Override
  boolean isOfTheEnd(Throwable thrown) {
    return thrown instanceof StackOverflowError;
  }

  /** Prepares the call at each depth anew. */
  void atEach(List<StackDepth> depths, Condition condition, boolean walks) throws Exception {
    inThread(() -> {
      for (StackDepth depth : depths) {
        step(depth, condition, walks);
      }
    });
    requireSound();
  }

  /**
   * Goes away from the end until the call is done: it is made the first time at all where there is
   * no room, so what must be loaded or linked is loaded and linked there.
   */
  void untilDone() throws Exception {
    inThread(() -> {
      operation.prepare().run(subject);
      int frames = 0;
      while (!stepPrepared(new StackDepth(frames, 0))) {
        frames += 1 + frames / 8;
      }
    });
    assertTrue(failedCalls() > 0, "the stack never ended");
    requireSound();
  }
}
