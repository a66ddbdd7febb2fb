package hak.jmh;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A random block of a live set is replaced by one of another size. Slots and sizes are drawn in
 * advance, more of them than a branch predictor learns.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LiveSetBenchmark {
  private static final int DRAWS = 1 << 17;
  private static final long SEED = 0x48414B;

  /** Blocks that are alive. */
  @Param({"400", "20000"})
  public int live;

  private final int[] slots = new int[DRAWS];
  private final int[] sizes = new int[DRAWS];
  private long[] blocks;
  private int next;

  /** Draws, and fills the set. */
  @Setup(Level.Iteration)
  public void fill(HeapState state) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < DRAWS; i++) {
      slots[i] = random.nextInt(live);
      sizes[i] = random.nextInt(16, 1025);
    }
    blocks = new long[live];
    for (int i = 0; i < live; i++) {
      blocks[i] = state.heap.malloc(sizes[i]);
    }
  }

  /** Frees it: after each iteration, for after the last one the stack may be closed. */
  @TearDown(Level.Iteration)
  public void free(HeapState state) {
    for (long block : blocks) {
      state.heap.free(block);
    }
  }

  /** One replacement: a free and a malloc. */
  @Benchmark
  public void replace(HeapState state) {
    int draw = next++ & DRAWS - 1;
    int slot = slots[draw];
    state.heap.free(blocks[slot]);
    blocks[slot] = state.heap.malloc(sizes[draw]);
  }
}
