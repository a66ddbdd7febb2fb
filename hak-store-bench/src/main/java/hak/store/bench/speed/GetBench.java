package hak.store.bench.speed;

import hak.bench.Ratio;
import hak.bench.Steps;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/** Reads objects by ref, in an order drawn in advance. */
final class GetBench implements AutoCloseable {
  private static final int BATCH = 16;
  private static final long SEED = 0x48414B;
  private static final String STORE = "store";
  private static final String FLOOR = "floor";

  private final ObjectStore store;
  private final ObjectRef[] refs;
  private final PlainMapping mapping;
  private final MemorySegment[] plain;
  private final int[] order;
  private final Histogram storeBatches = Latencies.histogram();
  private final Histogram floorBatches = Latencies.histogram();
  private long sum;

  private GetBench(BenchedStore benched, StoreScale scale) {
    store = benched.store();
    refs = new ObjectRef[scale.getObjects()];
    plain = new MemorySegment[refs.length];
    mapping = new PlainMapping(store.path(), refs.length, scale.getSizeBytes());
    order = order(refs.length, scale.getPasses());
  }

  static StoreBenchReport.Get run(BenchedStore benched, StoreBenchRequest request, Steps steps) {
    steps.begin("get", "timed");
    StoreScale scale = request.scale();
    try (GetBench bench = new GetBench(benched, scale)) {
      bench.fill(scale.getSizeBytes());
      Turns turns = new Turns(request.rounds());
      turns.add(STORE, bench::readFromStore);
      turns.add(FLOOR, bench::readPlain);
      turns.warmUp(scale.warmUpMillis());
      bench.storeBatches.reset();
      bench.floorBatches.reset();
      turns.play();
      bench.requireRead();
      return new StoreBenchReport.Get(
          scale.getObjects(),
          scale.getSizeBytes(),
          BATCH,
          Latencies.of(turns.median(STORE), bench.storeBatches, BATCH),
          Latencies.of(turns.median(FLOOR), bench.floorBatches, BATCH),
          Ratio.ofMedians(turns.samples(STORE), turns.samples(FLOOR)));
    }
  }

  /** Passes through all objects, each in another order, cut to whole batches. */
  private static int[] order(int objects, int passes) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] order = new int[objects * passes];
    for (int pass = 0; pass < passes; pass++) {
      for (int i = 0; i < objects; i++) {
        int to = pass * objects + random.nextInt(i + 1);
        order[pass * objects + i] = order[to];
        order[to] = i;
      }
    }
    return Arrays.copyOf(order, order.length / BATCH * BATCH);
  }

  private void fill(long sizeBytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocate(sizeBytes, Long.BYTES).fill((byte) 1);
      for (int i = 0; i < refs.length; i++) {
        refs[i] = store.put(data);
        plain[i] = mapping.object(i);
      }
    }
  }

  private double readFromStore() {
    long nanos = 0;
    for (int at = 0; at < order.length; at += BATCH) {
      long begun = System.nanoTime();
      for (int i = at; i < at + BATCH; i++) {
        try (ObjectView view = store.get(refs[order[i]])) {
          sum += view.segment().get(ValueLayout.JAVA_LONG, 0);
        }
      }
      nanos += recorded(storeBatches, System.nanoTime() - begun);
    }
    return (double) nanos / order.length;
  }

  private double readPlain() {
    long nanos = 0;
    for (int at = 0; at < order.length; at += BATCH) {
      long begun = System.nanoTime();
      for (int i = at; i < at + BATCH; i++) {
        sum += plain[order[i]].get(ValueLayout.JAVA_LONG, 0);
      }
      nanos += recorded(floorBatches, System.nanoTime() - begun);
    }
    return (double) nanos / order.length;
  }

  private static long recorded(Histogram histogram, long nanos) {
    histogram.recordValue(nanos);
    return nanos;
  }

  /** What is read is used, or the compiler would leave the reading out. */
  private void requireRead() {
    if (sum == 0) {
      throw new IllegalStateException("nothing was read");
    }
  }

  @Override
  public void close() {
    for (ObjectRef ref : refs) {
      if (ref != null) {
        store.delete(ref);
      }
    }
    mapping.close();
  }
}
