package hak.bench.store;

import hak.store.ObjectStore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writers in this process: each writes an object of one size over and over, for a fixed time. */
final class WriterLoad {
  /** Put and delete. */
  static final String STORE = "store";

  /** Copy into a plain mapping, always to the same place, as put after delete does. */
  static final String MEMCPY = "memcpy";

  /** Bytes that are written between two looks at the clock. */
  private static final long BYTES_PER_LOOK = 256 << 10;

  private final ObjectStore store;
  private final long startNanos;
  private final long endNanos;

  /** From a time of {@link System#nanoTime} to another. */
  WriterLoad(ObjectStore store, long startNanos, long endNanos) {
    this.store = store;
    this.startNanos = startNanos;
    this.endNanos = endNanos;
  }

  /** Operations in a second of all threads. */
  double rate(String load, long sizeBytes, int threads)
      throws InterruptedException, ExecutionException {
    try (ExecutorService crew = Executors.newFixedThreadPool(threads)) {
      List<Future<Double>> rates = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        rates.add(crew.submit(() -> rate(load, sizeBytes)));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      return sum;
    }
  }

  private double rate(String load, long sizeBytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = arena.allocate(sizeBytes, Long.BYTES).fill((byte) 1);
      if (load.equals(STORE)) {
        return rate(sizeBytes, () -> store.delete(store.put(source)));
      }
      try (PlainMapping mapping = new PlainMapping(store.path(), 1, sizeBytes)) {
        return rate(sizeBytes, () -> mapping.write(0, source));
      }
    }
  }

  private double rate(long sizeBytes, Runnable operation) {
    int atATime = (int) Math.max(1, BYTES_PER_LOOK / sizeBytes);
    while (System.nanoTime() < startNanos) {
      Thread.onSpinWait();
    }
    long operations = 0;
    long now;
    do {
      for (int i = 0; i < atATime; i++) {
        operation.run();
      }
      operations += atATime;
      now = System.nanoTime();
    } while (now < endNanos);
    return operations * 1e9 / (now - startNanos);
  }
}
