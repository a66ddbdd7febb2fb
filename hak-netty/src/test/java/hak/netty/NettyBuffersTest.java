package hak.netty;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hak.bench.buffer.Buffers;
import hak.core.inside.RawAccess;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NettyBuffersTest {
  static List<NettyPeer> peers() {
    return List.of(new PooledPeer(), new AdaptivePeer());
  }

  @ParameterizedTest
  @MethodSource("peers")
  void aBlockKeepsItsContentWhenItIsResized(NettyPeer peer) {
    Buffers buffers = peer.open();
    for (int size : new int[] {1, 100, 5000, 70_000, 9_000_000}) {
      Object block = buffers.allocate(size);
      RawAccess.everything().asSlice(buffers.address(block), size).fill((byte) 7);
      Object larger = buffers.resize(block, 3L * size);
      for (int i = 0; i < size; i++) {
        assertEquals(7, RawAccess.everything().get(JAVA_BYTE, buffers.address(larger) + i));
      }
      buffers.free(larger);
      assertEquals(0, ((ByteBuf) larger).refCnt());
    }
    assertFalse(buffers.zeroes());
  }
}
