package hak.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * Netty's pool after jemalloc: arenas of chunks, with a cache for each thread. By itself it caches
 * for Netty's own threads alone; here for all, which is faster.
 */
public final class PooledPeer extends NettyPeer {
  /** Found as a service. */
  public PooledPeer() {}

  @Override
  public String name() {
    return "netty-pooled";
  }

  @Override
  public String description() {
    return "PooledByteBufAllocator of Netty " + version() + ", with thread caches";
  }

  @Override
  ByteBufAllocator allocator() {
    return new PooledByteBufAllocator(
        true,
        PooledByteBufAllocator.defaultNumHeapArena(),
        PooledByteBufAllocator.defaultNumDirectArena(),
        PooledByteBufAllocator.defaultPageSize(),
        PooledByteBufAllocator.defaultMaxOrder(),
        PooledByteBufAllocator.defaultSmallCacheSize(),
        PooledByteBufAllocator.defaultNormalCacheSize(),
        true);
  }
}
