package hak.store.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import redis.clients.jedis.Jedis;

/** Who takes part. */
enum Contestant {
  HAK("HAK by ref"),
  HAK_NAMES("HAK by name"),
  LMDB("LMDB"),
  LMDB_BATCHED("LMDB, one transaction"),
  CHRONICLE("Chronicle Map"),
  REDIS_TCP("Redis, loopback"),
  REDIS_UNIX("Redis, unix socket"),
  PLAIN("floor: memcpy, HashMap");

  private static final int PATIENCE_MILLIS = 30_000;

  private final String title;

  Contestant(String title) {
    this.title = title;
  }

  /** What reports call it. */
  String title() {
    return title;
  }

  boolean needsRedis() {
    return this == REDIS_TCP || this == REDIS_UNIX;
  }

  /**
   * Opens it, in the process that is to use it.
   *
   * @param folder for its files, its own
   * @param data every value
   * @param count most values at a time
   * @param redis where the server is: a port or a path
   */
  Peer open(Path folder, byte[] data, int count, String redis) {
    return switch (this) {
      case HAK -> new HakPeer(folder, data, count);
      case HAK_NAMES -> new HakNamesPeer(folder, data, count);
      case LMDB -> new LmdbPeer(folder, data, count, false);
      case LMDB_BATCHED -> new LmdbPeer(folder, data, count, true);
      case CHRONICLE -> new ChroniclePeer(folder, data, count);
      case REDIS_TCP -> new RedisPeer(overLoopback(redis), data, count);
      case REDIS_UNIX -> new RedisPeer(overSocket(Path.of(redis)), data, count);
      case PLAIN -> new PlainPeer(folder, data, count);
    };
  }

  private static Jedis overLoopback(String port) {
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    return new Jedis(host, Integer.parseInt(port), PATIENCE_MILLIS);
  }

  private static Jedis overSocket(Path socket) {
    return new Jedis(() -> {
      try {
        return AFUNIXSocket.connectTo(AFUNIXSocketAddress.of(socket));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }
}
