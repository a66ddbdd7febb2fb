package hak.netty;

import hak.bench.buffer.Buffers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Direct buffers of an allocator of Netty, each of its own reference count, released once.
 *
 * @param allocator gives direct buffers that have an address
 */
record NettyBuffers(ByteBufAllocator allocator) implements Buffers {
  @Override
  public Object allocate(long bytes) {
    return allocator.directBuffer(Math.toIntExact(bytes), Integer.MAX_VALUE);
  }

  @Override
  public long address(Object block) {
    return ((ByteBuf) block).memoryAddress();
  }

  @Override
  public Object resize(Object block, long bytes) {
    return ((ByteBuf) block).capacity(Math.toIntExact(bytes));
  }

  @Override
  public void free(Object block) {
    ((ByteBuf) block).release();
  }

  @Override
  public boolean zeroes() {
    return false;
  }
}
