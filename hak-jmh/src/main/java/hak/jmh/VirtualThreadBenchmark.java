package hak.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A pair of malloc and free on a virtual thread, which has no heap of its own. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Djmh.executor=VIRTUAL"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VirtualThreadBenchmark {
  private static final int SIZE_BYTES = 64;

  /**
   * One pair.
   *
   * @throws IllegalStateException if JMH runs it on another kind of thread
   */
  @Benchmark
  public void pair(HeapState state, Blackhole sink) {
    if (!Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("not a virtual thread");
    }
    long block = state.heap.malloc(SIZE_BYTES);
    sink.consume(block);
    state.heap.free(block);
  }
}
