package hak.core;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** An arena whose segments are blocks of a stack; their liveness is that of a JDK arena inside. */
final class HakArena implements Arena {
  private final HakAllocator allocator;
  private final Arena lifetime;
  private long[] blocks = new long[8];
  private int blockCount;

  HakArena(HakAllocator allocator, Arena lifetime) {
    this.allocator = allocator;
    this.lifetime = lifetime;
  }

  @Override
  public synchronized MemorySegment allocate(long byteSize, long byteAlignment) {
    // A closed arena, or the wrong thread, is refused here, before a block is taken.
    MemorySegment.NULL.reinterpret(0, lifetime, null);
    if (blockCount == blocks.length) {
      blocks = Arrays.copyOf(blocks, blockCount * 2);
    }
    long address = allocator.malloc(byteSize, byteAlignment);
    blocks[blockCount++] = address;
    return MemorySegment.ofAddress(address).reinterpret(byteSize, lifetime, null).fill((byte) 0);
  }

  @Override
  public MemorySegment.Scope scope() {
    return lifetime.scope();
  }

  @Override
  public synchronized void close() {
    lifetime.close();
    for (int i = 0; i < blockCount; i++) {
      allocator.free(blocks[i]);
    }
    blockCount = 0;
  }
}
