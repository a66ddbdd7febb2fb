package hak.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hak.bench.buffer.Buffers;
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
      ByteBuf block = (ByteBuf) buffers.allocate(size);
      assertEquals(block.memoryAddress(), buffers.address(block));
      for (int i = 0; i < size; i++) {
        block.setByte(i, i);
      }
      ByteBuf larger = (ByteBuf) buffers.resize(block, 3L * size);
      assertEquals(3 * size, larger.capacity());
      for (int i = 0; i < size; i++) {
        assertEquals((byte) i, larger.getByte(i));
      }
      buffers.free(larger);
      assertEquals(0, larger.refCnt());
    }
    assertFalse(buffers.zeroes());
  }
}
