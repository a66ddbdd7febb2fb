package hak.netty;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBufAllocator;

/** Netty's adaptive allocator, its default since 4.2, with a magazine for each thread. */
public final class AdaptivePeer extends NettyPeer {
  /** Found as a service. */
  public AdaptivePeer() {}

  @Override
  public String name() {
    return "netty-adaptive";
  }

  @Override
  public String description() {
    return "AdaptiveByteBufAllocator of Netty " + version() + ", with thread caches";
  }

  @Override
  ByteBufAllocator allocator() {
    return new AdaptiveByteBufAllocator(true, true);
  }
}
