package hak.jmh;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One thread allocates, another one frees, with a ring between them. {@code blocks} counts those
 * that went through; calls that found the ring full or empty are in the score.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RemoteFreeBenchmark {
  private static final int SIZE_BYTES = 64;

  /** Places for addresses; 0 is none. */
  @State(Scope.Group)
  public static class Ring {
    private static final int LENGTH = 1 << 12;

    private final AtomicLongArray places = new AtomicLongArray(LENGTH);
    private int put;
    private int taken;

    /** Frees what nobody took. */
    @TearDown(Level.Iteration)
    public void empty(HeapState state) {
      for (int i = 0; i < LENGTH; i++) {
        state.heap.free(places.getAndSet(i, 0));
      }
      put = 0;
      taken = 0;
    }
  }

  /** Blocks of one side. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Count {
    /** How many went through. */
    public long blocks;
  }

  /** Allocates, if there is a place. */
  @Benchmark
  @Group("remote")
  public void allocate(HeapState state, Ring ring, Count count) {
    int place = ring.put & Ring.LENGTH - 1;
    if (ring.places.getAcquire(place) == 0) {
      ring.places.setRelease(place, state.heap.malloc(SIZE_BYTES));
      ring.put++;
      count.blocks++;
    } else {
      Thread.onSpinWait();
    }
  }

  /** Frees, if there is a block. */
  @Benchmark
  @Group("remote")
  public void free(HeapState state, Ring ring, Count count) {
    int place = ring.taken & Ring.LENGTH - 1;
    long block = ring.places.getAcquire(place);
    if (block != 0) {
      state.heap.free(block);
      ring.places.setRelease(place, 0);
      ring.taken++;
      count.blocks++;
    } else {
      Thread.onSpinWait();
    }
  }
}
