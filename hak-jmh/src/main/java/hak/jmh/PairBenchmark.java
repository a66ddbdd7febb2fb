package hak.jmh;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A block is allocated and freed at once: the hit path of the caches, or of a tier above them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PairBenchmark {
  /** Bytes: classes of the tiny and of the middle tier, a run of pages, an extent. */
  @Param({"16", "64", "256", "1024", "4096", "32768", "262144", "1048576", "4194304"})
  public long size;

  /** Addresses. */
  @Benchmark
  public void address(HeapState state, Blackhole sink) {
    long block = state.heap.malloc(size);
    sink.consume(block);
    state.heap.free(block);
  }

  /** Segments. */
  @Benchmark
  public void segment(HeapState state, Blackhole sink) {
    MemorySegment block = state.heap.allocate(size, 8);
    sink.consume(block);
    state.heap.free(block);
  }
}
