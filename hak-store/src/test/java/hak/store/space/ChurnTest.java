package hak.store.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreOptions;
import hak.store.StoreStats;
import hak.store.access.TestStores;
import hak.store.access.TestStores.SimulatedProcess;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The experience buffer: 10,000 episodes of 0.5 to 5 MB in 4 GiB, held at 90 % fill by deleting at
 * random. Scaled down to 1/64 in bytes; -Dhak.store.churnScale=1 runs it full size.
 */
class ChurnTest {
  private static final int EPISODES = 10_000;
  private static final double FILL = 0.9;

  private final TestStores stores = new TestStores();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void episodesOfMixedSizesNeverFail(long seed) {
    int scale = Integer.getInteger("hak.store.churnScale", 64);
    long capacity = (4L << 30) / scale;
    StoreOptions options = StoreOptions.DEFAULT.withCapacityBytes(capacity);
    MemorySegment data = TestStores.data(1, (5 << 20) / scale);
    try (ObjectStore store = TestStores.openAs(stores.path(), options, new SimulatedProcess())) {
      Random random = new Random(seed);
      List<ObjectRef> live = new ArrayList<>();
      List<Long> sizes = new ArrayList<>();
      long used = 0;
      for (int episode = 0; episode < EPISODES; episode++) {
        long size = ((1L << 19) + random.nextInt((5 << 20) - (1 << 19))) / scale;
        while (used + size > FILL * capacity) {
          int victim = random.nextInt(live.size());
          store.delete(live.remove(victim));
          used -= sizes.remove(victim);
        }
        live.add(store.put(data.asSlice(0, size)));
        sizes.add(size);
        used += size;
      }
      StoreStats stats = store.stats();
      assertEquals(live.size(), stats.objects());
      assertTrue(stats.freeExtents() <= live.size() + 1);
      assertEquals(List.of(), store.verify().findings());
      live.forEach(store::delete);
      assertEquals(1, store.stats().freeExtents());
      assertEquals(0, store.stats().usedBytes());
    }
  }
}
