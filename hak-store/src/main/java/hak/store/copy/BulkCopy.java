package hak.store.copy;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Copies large data and adds it up, in parts that several threads take in turn.
 *
 * <p>Copying waits for memory and adding up for the processor, so they go well at the same time on
 * two of them: the caller copies and then adds up, {@link Helpers} add up and then copy, until
 * nothing of either is left. The caller does not depend on them; it waits at most for the parts
 * that are being worked on. Whoever comes later finds nothing to do and touches nothing.
 */
public final class BulkCopy {
  /** From this size on helpers are called for objects that follow each other, 1 MiB. */
  public static final long LEAST_BYTES = 1 << 20;

  /** From this size on they are called even for a single object, 16 MiB. */
  private static final long WAKE_BYTES = 16 << 20;

  private static final long PART_BYTES = 64 << 10;
  private static final CrcJoin PARTS = new CrcJoin(PART_BYTES);

  /** How long the caller looks for the end of the last parts before it sleeps. */
  private static final long LOOK_NANOS = 100_000;

  /** A thread that is not the caller's, to ask whether it may access a segment. */
  private static final Thread ANOTHER = Thread.ofPlatform().unstarted(() -> {});

  private final long size;
  private final int[] sums;

  /** In the order of the caller; helpers begin with the last. */
  private final List<Task> tasks;

  private final AtomicInteger left;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread caller = Thread.currentThread();

  /** Something to be done with every part, once. */
  private record Task(IntConsumer work, AtomicInteger next) {
    Task(IntConsumer work) {
      this(work, new AtomicInteger());
    }
  }

  private BulkCopy(MemorySegment from, MemorySegment to) {
    size = from.byteSize();
    sums = new int[Math.toIntExact((size + PART_BYTES - 1) / PART_BYTES)];
    if (to == null) {
      tasks = List.of(new Task(i -> sums[i] = Checksum.of(part(from, i))));
    } else if (Checksum.isDirect(from)) {
      tasks =
          List.of(
              new Task(i -> part(to, i).copyFrom(part(from, i))),
              new Task(i -> sums[i] = Checksum.ofDirect(part(from, i))));
    } else {
      tasks = List.of(new Task(i -> sums[i] = Checksum.copy(part(from, i), part(to, i), 0)));
    }
    left = new AtomicInteger(tasks.size() * sums.length);
  }

  /**
   * Copies {@code from} to {@code to}, or only adds it up when {@code to} is null.
   *
   * @param helpers threads that may help, 0 or more
   * @return the sum of the data
   */
  public static int run(MemorySegment from, MemorySegment to, int helpers) {
    long size = from.byteSize();
    if (size < LEAST_BYTES || helpers <= 0 || !from.isAccessibleBy(ANOTHER)) {
      return alone(from, to);
    }
    long begun = System.nanoTime();
    int sum =
        size >= WAKE_BYTES || Helpers.followsClosely(begun)
            ? new BulkCopy(from, to).together(helpers)
            : alone(from, to);
    Helpers.ended(begun);
    return sum;
  }

  private static int alone(MemorySegment from, MemorySegment to) {
    return to == null ? Checksum.of(from) : Checksum.copy(from, to, 0);
  }

  private int together(int helpers) {
    Runnable help = this::help;
    Helpers.call(help, helpers);
    takeParts(tasks);
    Helpers.cancel(help);
    awaitHelpers();
    return sum();
  }

  private void help() {
    takeParts(tasks.reversed());
  }

  /** Works until no part is left. */
  private void takeParts(List<Task> ordered) {
    for (Task task : ordered) {
      for (int i = task.next.getAndIncrement(); i < sums.length; i = task.next.getAndIncrement()) {
        try {
          task.work.accept(i);
        } catch (Throwable e) {
          // Also InternalError, which a truncated file raises; the caller throws it.
          failure.compareAndSet(null, e);
        }
        if (left.decrementAndGet() == 0) {
          LockSupport.unpark(caller);
        }
      }
    }
  }

  private MemorySegment part(MemorySegment whole, int i) {
    return whole.asSlice(i * PART_BYTES, partBytes(i));
  }

  private long partBytes(int i) {
    return Math.min(PART_BYTES, size - i * PART_BYTES);
  }

  @SuppressWarnings("ThreadPriorityCheck") // does not rely on it
  private void awaitHelpers() {
    long begun = System.nanoTime();
    while (left.get() > 0 && System.nanoTime() - begun < LOOK_NANOS) {
      // A helper may be waiting for this very processor.
      Thread.yield();
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
    int last = sums.length - 1;
    int sum = 0;
    for (int i = 0; i < last; i++) {
      sum = PARTS.join(sum, sums[i]);
    }
    return CrcJoin.join(sum, sums[last], partBytes(last));
  }
}
