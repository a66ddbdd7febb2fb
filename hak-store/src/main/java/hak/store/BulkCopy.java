package hak.store;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Copies large data, or adds it up, in parts that several threads take in turn.
 *
 * <p>Adding up takes as long as half the copying, and cannot be hidden behind it by one thread. So
 * threads of the common pool help the caller, as many as the store has processors to spare. The
 * caller does not depend on them: it takes parts until none is left, and waits at most for those
 * that are being worked on. Whoever comes later finds nothing to do and touches nothing.
 */
final class BulkCopy {
  /** From this size on helpers are called, 1 MiB. */
  static final long LEAST_BYTES = 1 << 20;

  private static final long PART_BYTES = 128 << 10;

  private static final int SPINS = 1000;

  /** A thread that is not the caller's, to ask whether it may access a segment. */
  private static final Thread ANOTHER = Thread.ofPlatform().unstarted(() -> {});

  private final MemorySegment from;
  private final MemorySegment to;
  private final int[] sums;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger left;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread caller = Thread.currentThread();

  private BulkCopy(MemorySegment from, MemorySegment to) {
    this.from = from;
    this.to = to;
    sums = new int[Math.toIntExact((from.byteSize() + PART_BYTES - 1) / PART_BYTES)];
    left = new AtomicInteger(sums.length);
  }

  /**
   * Copies {@code from} to {@code to}, or only adds it up when {@code to} is null.
   *
   * @param helpers threads that may help, 0 or more
   * @return the sum of the data
   */
  static int run(MemorySegment from, MemorySegment to, int helpers) {
    if (from.byteSize() < LEAST_BYTES) {
      return part(from, to, Checksum.CACHED_TURN_BYTES);
    }
    if (helpers <= 0 || !from.isAccessibleBy(ANOTHER)) {
      return part(from, to, Checksum.LARGE_TURN_BYTES);
    }
    BulkCopy work = new BulkCopy(from, to);
    for (int i = 0; i < helpers; i++) {
      ForkJoinPool.commonPool().execute(work::help);
    }
    work.takeParts();
    work.awaitHelpers();
    return work.sum();
  }

  private static int part(MemorySegment from, MemorySegment to, int turnBytes) {
    return to == null ? Checksum.of(from) : Checksum.copy(from, to, turnBytes);
  }

  private void help() {
    if (takeParts()) {
      LockSupport.unpark(caller);
    }
  }

  /** Works until no part is left; whether there was one. */
  private boolean takeParts() {
    int i = next.getAndIncrement();
    boolean any = i < sums.length;
    for (; i < sums.length; i = next.getAndIncrement()) {
      try {
        long at = i * PART_BYTES;
        long length = Math.min(PART_BYTES, from.byteSize() - at);
        sums[i] =
            part(
                from.asSlice(at, length),
                to == null ? null : to.asSlice(at, length),
                Checksum.LARGE_TURN_BYTES);
      } catch (Throwable e) {
        // Also InternalError, which a truncated file raises; the caller throws it.
        failure.compareAndSet(null, e);
      }
      left.decrementAndGet();
    }
    return any;
  }

  private void awaitHelpers() {
    for (int i = 0; i < SPINS && left.get() > 0; i++) {
      Thread.onSpinWait();
    }
    boolean interrupted = false;
    while (left.get() > 0) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      caller.interrupt();
    }
  }

  private int sum() {
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
    int sum = sums[0];
    for (int i = 1; i < sums.length; i++) {
      long length = Math.min(PART_BYTES, from.byteSize() - i * PART_BYTES);
      sum = CrcJoin.join(sum, sums[i], length);
    }
    return sum;
  }
}
