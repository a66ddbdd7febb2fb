package hak.store.cluster;

import hak.store.StoreCorruptException;
import hak.store.WritableObject;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import org.infinispan.AdvancedCache;
import org.infinispan.commons.util.CloseableIterator;
import org.infinispan.context.Flag;

/**
 * The data of the objects, in pieces that never change.
 *
 * <pre>
 *   id (8 bytes), index (4 bytes)  -> CRC32C of key and data (4 bytes), data
 * </pre>
 *
 * <p>The checksum of an object is the CRC32C of its metadata, where it has some, and of the
 * checksums of its chunks in their order.
 */
final class Chunks {
  private static final int KEY_BYTES = Long.BYTES + Integer.BYTES;
  private static final int HEADER_BYTES = Integer.BYTES;

  /** Calls under way at a time, for one object. */
  private static final int WINDOW = 4;

  private final AdvancedCache<byte[], byte[]> cache;
  private final AdvancedCache<byte[], byte[]> quiet;
  private final AdvancedCache<byte[], byte[]> local;

  Chunks(AdvancedCache<byte[], byte[]> cache) {
    this.cache = cache;
    quiet = cache.withFlags(Flag.IGNORE_RETURN_VALUES);
    local = cache.withFlags(Flag.CACHE_MODE_LOCAL);
  }

  /** Names a chunk. */
  record Key(long id, int index) {}

  static byte[] key(long id, int index) {
    return ByteBuffer.allocate(KEY_BYTES).putLong(id).putInt(index).array();
  }

  /**
   * Puts all chunks of an object; each has all its copies when this returns.
   *
   * @return the checksum of the object
   */
  int put(Manifest manifest, MemorySegment data) {
    Sum sum = new Sum(manifest);
    inWindow(
        manifest.chunkCount(),
        index -> {
          byte[] key = key(manifest.id(), index);
          int length = manifest.bytesOf(index);
          byte[] value = new byte[HEADER_BYTES + length];
          long from = (long) index * manifest.chunkBytes();
          copy(data, from, value, length);
          int crc = crc(key, value);
          ByteBuffer.wrap(value).putInt(0, crc);
          sum.add(crc);
          return quiet.putAsync(key, value);
        },
        (_, _) -> {});
    return sum.value();
  }

  private static void copy(MemorySegment data, long from, byte[] value, int length) {
    try {
      MemorySegment.copy(data, ValueLayout.JAVA_BYTE, from, value, HEADER_BYTES, length);
    } catch (InternalError e) {
      throw new StoreCorruptException("the near cache was truncated while an object was read", e);
    }
  }

  /**
   * Fetches the chunks of an object in their order.
   *
   * @throws StoreCorruptException when one is missing or damaged
   */
  void fetch(Manifest manifest, WritableObject to) {
    Sum sum = new Sum(manifest);
    inWindow(
        manifest.chunkCount(),
        index -> cache.getAsync(key(manifest.id(), index)),
        (index, value) -> {
          sum.add(check(manifest, index, value));
          to.append(MemorySegment.ofArray(value).asSlice(HEADER_BYTES));
        });
    sum.check(manifest);
  }

  /**
   * Reads and checks the chunks of an object.
   *
   * @throws StoreCorruptException when one is missing or damaged
   */
  void verify(Manifest manifest) {
    Sum sum = new Sum(manifest);
    inWindow(
        manifest.chunkCount(),
        index -> cache.getAsync(key(manifest.id(), index)),
        (index, value) -> sum.add(check(manifest, index, value)));
    sum.check(manifest);
  }

  private static int check(Manifest manifest, int index, byte[] value) {
    String what = "chunk " + index + " of " + manifest.chunkCount() + " of " + manifest.ref();
    if (value == null) {
      throw new StoreCorruptException(what + " is missing");
    }
    if (value.length != HEADER_BYTES + manifest.bytesOf(index)) {
      throw new StoreCorruptException(
          what
              + " has "
              + (value.length - HEADER_BYTES)
              + " bytes, not "
              + manifest.bytesOf(index));
    }
    int crc = crc(key(manifest.id(), index), value);
    if (crc != ByteBuffer.wrap(value).getInt()) {
      throw new StoreCorruptException(what + " is damaged: its checksum differs");
    }
    return crc;
  }

  private static int crc(byte[] key, byte[] value) {
    CRC32C crc = new CRC32C();
    crc.update(key);
    crc.update(value, HEADER_BYTES, value.length - HEADER_BYTES);
    return (int) crc.getValue();
  }

  /** Removes what there is of the chunks of an object. */
  void remove(Manifest manifest) {
    inWindow(
        manifest.chunkCount(), index -> quiet.removeAsync(key(manifest.id(), index)), (_, _) -> {});
  }

  /** Removes a chunk from all nodes. */
  void remove(Key key) {
    Failures.call(() -> quiet.remove(key(key.id(), key.index())));
  }

  /** The keys of the chunks that this node holds. */
  List<Key> localKeys() {
    return Failures.call(() -> {
      List<Key> keys = new ArrayList<>();
      try (CloseableIterator<byte[]> each = local.keySet().iterator()) {
        while (each.hasNext()) {
          ByteBuffer key = ByteBuffer.wrap(each.next());
          keys.add(new Key(key.getLong(), key.getInt()));
        }
      }
      return keys;
    });
  }

  int localCount() {
    return cache.getDataContainer().size();
  }

  private interface Received<T> {
    void accept(int index, T value);
  }

  /**
   * Begins calls in order, a few at a time, and takes their results in order. When one fails, none
   * is under way any more when this throws.
   */
  private static <T> void inWindow(
      int count, IntFunction<CompletableFuture<T>> begin, Received<T> received) {
    Queue<CompletableFuture<T>> underway = new ArrayDeque<>();
    try {
      for (int index = 0; index < count + WINDOW; index++) {
        if (index >= WINDOW && index - WINDOW < count) {
          received.accept(index - WINDOW, Failures.await(underway.remove()));
        }
        if (index < count) {
          int next = index;
          underway.add(Failures.call(() -> begin.apply(next)));
        }
      }
    } finally {
      for (CompletableFuture<T> each : underway) {
        each.exceptionally(_ -> null).join();
      }
    }
  }

  /** The checksum of an object. */
  private static final class Sum {
    private final CRC32C crc = new CRC32C();

    Sum(Manifest manifest) {
      if (!manifest.metadata().isNone()) {
        crc.update(manifest.encodedMetadata());
      }
    }

    void add(int chunk) {
      crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, chunk));
    }

    int value() {
      return (int) crc.getValue();
    }

    void check(Manifest manifest) {
      if (value() != manifest.checksum()) {
        throw new StoreCorruptException(
            manifest.ref() + " is damaged: its chunks or metadata are not those that were sealed");
      }
    }
  }
}
