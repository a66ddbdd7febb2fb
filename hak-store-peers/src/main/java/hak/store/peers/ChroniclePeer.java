package hak.store.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import net.openhft.chronicle.hash.Data;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ExternalMapQueryContext;

/**
 * Chronicle Map, off-heap in a file, told the number of entries and their size, without checksums.
 * Reads in place, under the read lock of the entry's segment.
 */
final class ChroniclePeer implements Peer {
  private final ChronicleMap<Long, byte[]> map;
  private final byte[] data;

  ChroniclePeer(Path folder, byte[] bytes, int count) {
    data = bytes.clone();
    try {
      map =
          ChronicleMap.of(Long.class, byte[].class)
              .name("values")
              .entries(count)
              .constantValueSizeBySample(data)
              .putReturnsNull(true)
              .removeReturnsNull(true)
              .checksumEntries(false)
              .createPersistedTo(folder.resolve("chronicle").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void put(int index) {
    map.put((long) index, data);
  }

  @Override
  public long get(int index, Reader reader) {
    try (ExternalMapQueryContext<Long, byte[], ?> context = map.queryContext((long) index)) {
      context.readLock().lock();
      Data<byte[]> value = context.entry().value();
      long address = value.bytes().addressForRead(value.offset());
      return reader.read(MemorySegment.ofAddress(address).reinterpret(value.size()));
    }
  }

  @Override
  public void delete(int index) {
    map.remove((long) index);
  }

  @Override
  public void close() {
    map.close();
  }
}
