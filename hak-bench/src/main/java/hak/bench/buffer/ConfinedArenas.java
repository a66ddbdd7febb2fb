package hak.bench.buffer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@code Arena.ofConfined()}, one for each block: how the JDK frees single blocks. */
public final class ConfinedArenas implements BufferPeer {
  /** Found as a service. */
  public ConfinedArenas() {}

  /** A block and what frees it. */
  private record Block(Arena arena, MemorySegment segment) {}

  private record Blocks() implements Buffers {
    @Override
    public Object allocate(long bytes) {
      Arena arena = Arena.ofConfined();
      return new Block(arena, arena.allocate(bytes));
    }

    @Override
    public long address(Object block) {
      return ((Block) block).segment().address();
    }

    @Override
    public Object resize(Object block, long bytes) {
      Block old = (Block) block;
      Block resized = (Block) allocate(bytes);
      MemorySegment.copy(
          old.segment(), 0, resized.segment(), 0, Math.min(bytes, old.segment().byteSize()));
      old.arena().close();
      return resized;
    }

    @Override
    public void free(Object block) {
      ((Block) block).arena().close();
    }

    @Override
    public boolean zeroes() {
      return true;
    }
  }

  @Override
  public String name() {
    return "confined-arena";
  }

  @Override
  public String description() {
    return "Arena.ofConfined of the JDK, one for each block";
  }

  @Override
  public boolean crossesThreads() {
    return false;
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
