package hak.store.peers;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * HAK's store, by refs that this process remembers as numbers. Each value is checksummed as it is
 * put.
 */
final class HakPeer implements Peer {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment data;
  private final ObjectStore store;
  private final long[] refs;

  HakPeer(Path folder, byte[] bytes, int count) {
    data = arena.allocate(bytes.length, Long.BYTES).copyFrom(MemorySegment.ofArray(bytes));
    store = open(folder, count);
    refs = new long[count];
  }

  static ObjectStore open(Path folder, int count) {
    return ObjectStore.open(folder.resolve("hak"), StoreOptions.DEFAULT.withObjectLimit(count));
  }

  @Override
  public void put(int index) {
    refs[index] = store.put(data).value();
  }

  @Override
  public long get(int index, Reader reader) {
    try (ObjectView view = store.get(new ObjectRef(refs[index]))) {
      return reader.read(view.segment());
    }
  }

  @Override
  public void delete(int index) {
    store.delete(new ObjectRef(refs[index]));
  }

  @Override
  public void close() {
    store.close();
    arena.close();
  }
}
