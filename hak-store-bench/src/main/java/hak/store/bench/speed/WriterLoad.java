package hak.store.bench.speed;

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
  /** Bytes that are written between two looks at the clock. */
  private static final long BYTES_PER_LOOK = 256 << 10;

  private static final double NANOS_PER_SECOND = 1e9;

  private final ObjectStore store;
  private final WriteOrder order;

  WriterLoad(ObjectStore store, WriteOrder order) {
    this.store = store;
    this.order = order;
  }

  /** Operations in a second of all threads. */
  double rate() throws InterruptedException, ExecutionException {
    try (ExecutorService crew = Executors.newFixedThreadPool(order.threads())) {
      List<Future<Double>> rates = new ArrayList<>();
      for (int i = 0; i < order.threads(); i++) {
        rates.add(crew.submit(this::rateOfThread));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      return sum;
    }
  }

  private double rateOfThread() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment source = arena.allocate(order.sizeBytes(), Long.BYTES).fill((byte) 1);
      return switch (order.target()) {
        case STORE -> rateOf(() -> store.delete(store.put(source)));
        case MEMCPY -> {
          try (PlainMapping mapping = new PlainMapping(store.path(), 1, order.sizeBytes())) {
            yield rateOf(() -> mapping.write(0, source));
          }
        }
      };
    }
  }

  private double rateOf(Runnable operation) {
    int atATime = (int) Math.max(1, BYTES_PER_LOOK / order.sizeBytes());
    while (System.nanoTime() < order.startNanos()) {
      Thread.onSpinWait();
    }
    long begun = System.nanoTime();
    long operations = 0;
    long now;
    do {
      for (int i = 0; i < atATime; i++) {
        operation.run();
      }
      operations += atATime;
      now = System.nanoTime();
    } while (now < order.endNanos());
    return operations * NANOS_PER_SECOND / (now - begun);
  }
}
