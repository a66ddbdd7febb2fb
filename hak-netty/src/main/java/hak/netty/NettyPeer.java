package hak.netty;

import hak.bench.buffer.BufferPeer;
import hak.bench.buffer.Buffers;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.Version;
import java.util.List;

/** What the allocators of Netty have in common as peers. */
abstract sealed class NettyPeer implements BufferPeer permits PooledPeer, AdaptivePeer {
  private static final String ARTIFACT = "netty-buffer";

  /** A fresh allocator, with its usual settings and direct buffers. */
  abstract ByteBufAllocator allocator();

  /** The version of Netty that is here. */
  static String version() {
    Version version = Version.identify().get(ARTIFACT);
    return version == null ? "of unknown version" : version.artifactVersion();
  }

  /**
   * Leak detection off and no bounds checks, as its users run it where time matters; the JDK is
   * asked not to warn of the Unsafe that it uses.
   */
  @Override
  public List<String> jvmOptions() {
    return List.of(
        "--sun-misc-unsafe-memory-access=allow",
        "-XX:MaxDirectMemorySize=64g",
        "-Dio.netty.leakDetection.level=disabled",
        "-Dio.netty.buffer.checkBounds=false",
        "-Dio.netty.buffer.checkAccessible=false");
  }

  @Override
  public Buffers open() {
    return new NettyBuffers(allocator());
  }
}
