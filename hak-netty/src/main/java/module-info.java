/**
 * Netty's allocators, for {@code hak peers --also}: the bench finds them as services. Nothing but
 * the command runs with this module; HAK itself does not know Netty.
 */
module hak.netty {
  requires hak.bench;
  requires io.netty.buffer;
  requires io.netty.common;

  provides hak.bench.buffer.BufferPeer with
      hak.netty.AdaptivePeer,
      hak.netty.PooledPeer;
}
