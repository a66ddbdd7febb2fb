package hak.jmh;

import hak.core.Hak;
import hak.core.HakAllocator;
import hak.core.profile.Profile;
import hak.core.spi.Section;
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
import org.openjdk.jmh.infra.Blackhole;

/** A pair of malloc and free behind boxes that do nothing, which are to cost nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CompositionBenchmark {
  private static final int SIZE_BYTES = 64;

  /** Boxes in front. */
  @Param({"0", "1", "2", "4", "8"})
  public int boxes;

  private HakAllocator heap;

  /** Opens the stack. */
  @Setup(Level.Trial)
  public void open() {
    Profile profile = Hak.profile("default");
    for (int i = 1; i <= boxes; i++) {
      profile = profile.withMore(Section.CACHES, i - 1, i == 1 ? "noop" : "noop#" + i);
    }
    heap = Hak.open(profile);
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() {
    heap.close();
  }

  /** One pair. */
  @Benchmark
  public void pair(Blackhole sink) {
    long block = heap.malloc(SIZE_BYTES);
    sink.consume(block);
    heap.free(block);
  }
}
