package hak.store.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The floor: memcpy into a mapping of a file, and a hash map of this process. Nothing is shared.
 */
final class PlainPeer implements Peer {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment data;
  private final MemorySegment memory;
  private final Map<Integer, MemorySegment> values = new HashMap<>();

  PlainPeer(Path folder, byte[] bytes, int count) {
    data = arena.allocate(bytes.length, Long.BYTES).copyFrom(MemorySegment.ofArray(bytes));
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("plain"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      long size = (long) bytes.length * count;
      memory = file.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void put(int index) {
    MemorySegment value = memory.asSlice(index * data.byteSize(), data.byteSize());
    value.copyFrom(data);
    values.put(index, value);
  }

  @Override
  public long get(int index, Reader reader) {
    return reader.read(values.get(index));
  }

  @Override
  public void delete(int index) {
    values.remove(index);
  }

  @Override
  public void close() {
    arena.close();
  }
}
