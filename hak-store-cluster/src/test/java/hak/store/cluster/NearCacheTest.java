package hak.store.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hak.store.ObjectInfo;
import hak.store.ObjectStore;
import hak.store.StoreOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A near cache in a file that others use too. */
class NearCacheTest {
  private static final List<String> FOREIGN =
      List.of(
          "c/",
          "c/weights",
          "c/b/1f",
          "c/-5",
          "c/+5",
          "c/0",
          "c/1F",
          "c/01",
          "d/1f",
          "c",
          "c/ffffffffffffffffff");

  @Test
  void whatOthersHavePutIsNoCopyAndStays(@TempDir Path folder) {
    try (ObjectStore store =
            ObjectStore.open(
                folder.resolve("near"),
                StoreOptions.DEFAULT.withCapacityBytes(1 << 20).withObjectLimit(100));
        NearCache near = new NearCache(store, "c")) {
      for (String name : FOREIGN) {
        store.put(name, TestCluster.data(1, 10));
      }
      store.put("c/1f", TestCluster.data(1, 10));
      store.put("c/20", TestCluster.data(1, 10));
      assertEquals(Set.of(0x1FL, 0x20L), near.copies().keySet());
      near.dropUnless(id -> id == 0x1F);
      assertEquals(Set.of(0x1FL), near.copies().keySet());
      List<String> left = store.list().stream().map(ObjectInfo::name).sorted().toList();
      assertEquals(FOREIGN.size() + 1, left.size(), left::toString);
    }
  }
}
