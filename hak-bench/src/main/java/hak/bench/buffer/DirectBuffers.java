package hak.bench.buffer;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * {@code ByteBuffer.allocateDirect}: there is no free, the memory goes when the collector finds
 * that nobody has the buffer, which is what this costs.
 */
public final class DirectBuffers implements BufferPeer {
  /** Found as a service. */
  public DirectBuffers() {}

  private record Blocks() implements Buffers {
    @Override
    public Object allocate(long bytes) {
      return ByteBuffer.allocateDirect(Math.toIntExact(bytes));
    }

    @Override
    public long address(Object block) {
      return MemorySegment.ofBuffer((ByteBuffer) block).address();
    }

    @Override
    public Object resize(Object block, long bytes) {
      ByteBuffer old = (ByteBuffer) block;
      ByteBuffer resized = ByteBuffer.allocateDirect(Math.toIntExact(bytes));
      int kept = Math.min(old.capacity(), resized.capacity());
      resized.put(0, old, 0, kept);
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
    return "allocate-direct";
  }

  @Override
  public String description() {
    return "ByteBuffer.allocateDirect of the JDK, freed by its collector";
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
