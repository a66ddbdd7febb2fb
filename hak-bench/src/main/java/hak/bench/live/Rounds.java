package hak.bench.live;

import hak.bench.replay.Replayer;
import hak.bench.trace.ParallelProgram;
import java.util.concurrent.atomic.LongAdder;

/**
 * Replays a program again and again, on threads of its own, until it is told to end: also in the
 * middle of a round, whose blocks are left then.
 */
final class Rounds {
  /** Ends a round in its middle. */
  private static final class EndedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EndedException() {
      super("the time is over", null, false, false);
    }
  }

  private final Replayer replayer;
  private final long callsPerRound;
  private final Thread thread = new Thread(this::play, "live");
  private final LongAdder chunks = new LongAdder();
  private volatile boolean isEnded;

  /** Calls of a chunk in the mean, once a round is over. */
  private volatile double callsPerChunk = Replayer.CHUNK_EVENTS;

  /** What a round threw; null if nothing. Read when the thread has ended. */
  private Throwable failure;

  Rounds(Replayer replayer, ParallelProgram program) {
    this.replayer = replayer;
    callsPerRound = program.calls();
  }

  void start() {
    thread.start();
  }

  private void play() {
    try {
      for (long rounds = 1; !isEnded; rounds++) {
        replayer.replay(this::afterChunk);
        replayer.freeLeftover();
        callsPerChunk = (double) rounds * callsPerRound / Math.max(1, chunks.sum());
      }
    } catch (EndedException _) {
      // in the middle of a round
    } catch (Throwable e) {
      failure = e;
    }
  }

  private void afterChunk(int index) {
    if (isEnded) {
      throw new EndedException();
    }
    chunks.increment();
  }

  /** Whether nothing more will be replayed. */
  boolean isOver() {
    return !thread.isAlive();
  }

  /** Calls so far, about. */
  double calls() {
    return chunks.sum() * callsPerChunk;
  }

  /**
   * Ends it, and waits until no thread is in the stack.
   *
   * @throws IllegalStateException with what a round threw as its cause
   */
  void end() {
    stop();
    switch (failure) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      case Throwable checked -> throw new IllegalStateException(checked);
    }
  }

  /** As {@link #end}, whatever a round threw. */
  void stop() {
    isEnded = true;
    boolean isInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
