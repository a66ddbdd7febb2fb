package hak.jmh;

import hak.core.Hak;
import hak.core.HakAllocator;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An open stack, for all threads of a benchmark. */
@State(Scope.Benchmark)
public class HeapState {
  /** The profile. */
  @Param("default")
  public String profile;

  /** The stack. */
  public HakAllocator heap;

  /** Opens it. */
  @Setup(Level.Trial)
  public void open() {
    heap = Hak.open(profile);
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() {
    heap.close();
  }
}
