package hak.store.peers;

import hak.store.ObjectStore;
import hak.store.ObjectView;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** HAK's store, by names: found by any process, as the keys of the other peers are. */
final class HakNamesPeer implements Peer {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment data;
  private final ObjectStore store;
  private final String[] names;

  HakNamesPeer(Path folder, byte[] bytes, int count) {
    data = arena.allocate(bytes.length, Long.BYTES).copyFrom(MemorySegment.ofArray(bytes));
    store = HakPeer.open(folder, count);
    names = IntStream.range(0, count).mapToObj(i -> "key-" + i).toArray(String[]::new);
  }

  @Override
  public void put(int index) {
    store.put(names[index], data);
  }

  @Override
  public long get(int index, Reader reader) {
    try (ObjectView view = store.get(names[index])) {
      return reader.read(view.segment());
    }
  }

  @Override
  public void delete(int index) {
    store.delete(names[index]);
  }

  @Override
  public void close() {
    store.close();
    arena.close();
  }
}
