package hak.core.segments;

import hak.core.HakAllocator;
import hak.core.memory.StackRoom;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * An arena whose segments are blocks of a stack; their liveness is that of a JDK arena inside.
 *
 * <pre>
 *   lifetime   blocks      allocate      close
 *   alive      any         allocates     ends the lifetime, then frees all
 *   ended      some        throws        a close failed half-way: frees the rest
 *   ended      none        throws        throws
 * </pre>
 *
 * <p>When it is dropped and not closed, its blocks stay allocated until the stack is closed.
 */
public final class HakArena implements Arena {
  private final HakAllocator allocator;
  private final Segments segments;
  private final Arena lifetime;
  private long[] blocks = new long[8];
  private int blockCount;

  /**
   * No blocks yet.
   *
   * @throws IllegalStateException if the stack is closed
   */
  public HakArena(HakAllocator allocator, Segments segments, Arena lifetime) {
    this.allocator = allocator;
    this.segments = segments;
    this.lifetime = lifetime;
    segments.keepMapped(lifetime);
  }

  @Override
  public synchronized MemorySegment allocate(long byteSize, long byteAlignment) {
    StackRoom.forSequence();
    // A closed arena, or the wrong thread, is refused here, before a block is taken.
    MemorySegment.NULL.reinterpret(0, lifetime, null);
    if (blockCount == blocks.length) {
      blocks = Arrays.copyOf(blocks, blockCount * 2);
    }
    long address = allocator.malloc(byteSize, byteAlignment);
    try {
      MemorySegment segment =
          MemorySegment.ofAddress(address).reinterpret(byteSize, lifetime, null);
      if (byteSize <= segments.sizeClasses().largestBytes()
          || !segments.comesZeroed().test(address)) {
        segment.fill((byte) 0);
      }
      segments.own(address, this);
      blocks[blockCount++] = address;
      return segment;
    } catch (Throwable e) {
      allocator.free(address); // nobody owns it yet
      throw e;
    }
  }

  @Override
  public MemorySegment.Scope scope() {
    return lifetime.scope();
  }

  @Override
  public synchronized void close() {
    StackRoom.forSequence();
    if (blockCount == 0 || lifetime.scope().isAlive()) {
      Segments.end(lifetime);
    }
    while (blockCount > 0) {
      free(blocks[blockCount - 1]);
      blockCount--;
    }
  }

  private void free(long block) {
    try {
      allocator.free(block);
    } catch (IllegalStateException e) {
      if (segments.state().isOpen()) {
        throw e;
      } // else the block is gone with the stack
    }
  }
}
