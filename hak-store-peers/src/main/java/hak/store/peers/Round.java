package hak.store.peers;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One round on a peer. A cycle puts every number, reads them twice and deletes them; puts in order,
 * the rest in an order drawn beforehand; nothing is left behind. The first cycle of a round is not
 * counted, as other processes had the caches before it.
 */
final class Round {
  private static final long SEED = 0x48414B;

  /** Least time of the cycles that count. */
  private static final long LEAST_NANOS = 50_000_000;

  /** Least time of reading in a cycle. */
  private static final long LEAST_READ_NANOS = 1_000_000;

  private final Peer peer;
  private final int[] order;
  private final long dataSum;

  Round(Peer peer, byte[] data, int count) {
    this.peer = peer;
    order = order(count);
    dataSum = sum(data);
  }

  /** The value that everybody stores. */
  static byte[] data(int sizeBytes) {
    byte[] data = new byte[sizeBytes];
    new SplittableRandom(SEED).nextBytes(data);
    return data;
  }

  private static int[] order(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int to = random.nextInt(i + 1);
      order[i] = order[to];
      order[to] = i;
    }
    return order;
  }

  /** What {@link #sum(MemorySegment)} must find, without teaching its code another segment. */
  private static long sum(byte[] data) {
    LongBuffer numbers = ByteBuffer.wrap(data).order(ByteOrder.nativeOrder()).asLongBuffer();
    long sum = 0;
    while (numbers.hasRemaining()) {
      sum += numbers.get();
    }
    return sum;
  }

  /** Adds up all bytes, eight at a time. */
  private static long sum(MemorySegment value) {
    long sum = 0;
    for (long at = 0; at + Long.BYTES <= value.byteSize(); at += Long.BYTES) {
      sum += value.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
    }
    return sum;
  }

  /**
   * Runs it.
   *
   * @return nanoseconds of one operation of each kind, on average
   * @throws IllegalStateException if what was read is not what was put
   */
  Map<Operation, Double> run() {
    cycle();
    Map<Operation, Double> sums = new EnumMap<>(Operation.class);
    int cycles = 0;
    long begun = System.nanoTime();
    do {
      cycle().forEach((operation, nanos) -> sums.merge(operation, nanos, Double::sum));
      cycles++;
    } while (System.nanoTime() - begun < LEAST_NANOS);
    double count = cycles;
    sums.replaceAll((_, sum) -> sum / count);
    return sums;
  }

  private Map<Operation, Double> cycle() {
    Map<Operation, Double> nanos = new EnumMap<>(Operation.class);
    nanos.put(Operation.PUT, write(this::put));
    nanos.put(Operation.GET, read(this::get));
    nanos.put(Operation.GET_AND_SUM, read(this::getAndSum));
    nanos.put(Operation.DELETE, write(this::delete));
    return nanos;
  }

  private double write(Runnable all) {
    long begun = System.nanoTime();
    peer.begin(true);
    all.run();
    peer.end();
    return (double) (System.nanoTime() - begun) / order.length;
  }

  /** Reads again and again, so that a few values are not over before it has begun. */
  private double read(Runnable all) {
    long begun = System.nanoTime();
    long now;
    long reads = 0;
    do {
      peer.begin(false);
      all.run();
      peer.end();
      reads += order.length;
      now = System.nanoTime();
    } while (now - begun < LEAST_READ_NANOS);
    return (double) (now - begun) / reads;
  }

  private void put() {
    for (int i = 0; i < order.length; i++) {
      peer.put(i);
    }
  }

  private void get() {
    long sizes = 0;
    for (int index : order) {
      sizes += peer.get(index, MemorySegment::byteSize);
    }
    if (sizes == 0) {
      throw new IllegalStateException("values are empty");
    }
  }

  private void getAndSum() {
    long sums = 0;
    for (int index : order) {
      sums += peer.get(index, Round::sum);
    }
    if (sums != dataSum * order.length) {
      throw new IllegalStateException("what was read is not what was put");
    }
  }

  private void delete() {
    for (int index : order) {
      peer.delete(index);
    }
  }
}
