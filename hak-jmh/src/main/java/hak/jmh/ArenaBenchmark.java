package hak.jmh;

import java.lang.foreign.Arena;
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

/** A scope of an arena: open, some segments of 64 bytes, close. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ArenaBenchmark {
  private static final long SEGMENT_BYTES = 64;

  /** Segments in a scope. */
  @Param({"1", "4", "16"})
  public int segments;

  private void use(Arena arena, Blackhole sink) {
    for (int i = 0; i < segments; i++) {
      sink.consume(arena.allocate(SEGMENT_BYTES, 8));
    }
  }

  /** HAK's. */
  @Benchmark
  public void hak(HeapState state, Blackhole sink) {
    try (Arena arena = state.heap.arena()) {
      use(arena, sink);
    }
  }

  /** The JDK's. */
  @Benchmark
  public void jdk(Blackhole sink) {
    try (Arena arena = Arena.ofConfined()) {
      use(arena, sink);
    }
  }
}
