package hak.store.peers;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;

/** Redis, one command for each operation. A value that is read is copied to this process. */
final class RedisPeer implements Peer {
  private final Jedis redis;
  private final byte[] data;
  private final byte[][] keys;

  RedisPeer(Jedis redis, byte[] bytes, int count) {
    this.redis = redis;
    data = bytes.clone();
    keys =
        IntStream.range(0, count)
            .mapToObj(i -> ("key-" + i).getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  @Override
  public void put(int index) {
    redis.set(keys[index], data);
  }

  @Override
  public long get(int index, Reader reader) {
    return reader.read(MemorySegment.ofArray(redis.get(keys[index])));
  }

  @Override
  public void delete(int index) {
    redis.del(keys[index]);
  }

  @Override
  public void close() {
    redis.close();
  }
}
