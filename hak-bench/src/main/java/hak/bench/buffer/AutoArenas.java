package hak.bench.buffer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * {@code Arena.ofAuto()}, one for each block: there is no free, the memory goes when the collector
 * finds that nobody has the segment, which is what this costs.
 */
public final class AutoArenas implements BufferPeer {
  /** Found as a service. */
  public AutoArenas() {}

  private record Blocks() implements Buffers {
    @Override
    public Object allocate(long bytes) {
      return Arena.ofAuto().allocate(bytes);
    }

    @Override
    public long address(Object block) {
      return ((MemorySegment) block).address();
    }

    @Override
    public Object resize(Object block, long bytes) {
      MemorySegment old = (MemorySegment) block;
      MemorySegment resized = Arena.ofAuto().allocate(bytes);
      MemorySegment.copy(old, 0, resized, 0, Math.min(bytes, old.byteSize()));
      return resized;
    }

    @Override
    public void free(Object block) {}

    @Override
    public boolean zeroes() {
      return true;
    }
  }

  @Override
  public String name() {
    return "auto-arena";
  }

  @Override
  public String description() {
    return "Arena.ofAuto of the JDK, one for each block, freed by its collector";
  }

  @Override
  public boolean ownsMemory() {
    return false;
  }

  @Override
  public Buffers open() {
    return new Blocks();
  }
}
