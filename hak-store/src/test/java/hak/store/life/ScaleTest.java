package hak.store.life;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreOptions;
import hak.store.access.TestStores;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The time of an operation in a store of many objects against one of few: a walk over all objects
 * or all free extents shows as a factor of 50. Rounds in turns, their medians are compared.
 */
class ScaleTest {
  private static final int FEW = 2000;
  private static final int MANY = 100_000;
  private static final int ROUNDS = 21;
  private static final int CALLS = 40;
  private static final double MOST = 10;

  private static final MemorySegment DATA = TestStores.data(1, 64);

  private final TestStores stores = new TestStores();

  @AfterEach
  void clean() throws Exception {
    stores.close();
  }

  private ObjectStore store(int objects, boolean eviction) {
    return ObjectStore.open(
        stores.path(),
        StoreOptions.DEFAULT
            .withObjectLimit(objects)
            .withProcessLimit(2)
            .withCapacityBytes(64L * objects)
            .withEviction(eviction));
  }

  /** An operation on a store that was made for it. */
  private interface Call {
    void run(ObjectStore store, int number);
  }

  private static void check(ObjectStore few, ObjectStore many, Call call) {
    long[] ofFew = new long[ROUNDS];
    long[] ofMany = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      ofFew[round] = time(few, call, round);
      ofMany[round] = time(many, call, round);
    }
    Arrays.sort(ofFew);
    Arrays.sort(ofMany);
    double factor = (double) ofMany[ROUNDS / 2] / ofFew[ROUNDS / 2];
    assertTrue(factor < MOST, () -> MANY + " objects take " + factor + " times " + FEW);
  }

  private static long time(ObjectStore store, Call call, int round) {
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      call.run(store, round * CALLS + i);
    }
    return System.nanoTime() - start;
  }

  private static List<ObjectRef> fill(ObjectStore store, int objects) {
    List<ObjectRef> refs = new ArrayList<>();
    for (int i = 0; i < objects; i++) {
      refs.add(store.put("n" + i, DATA));
    }
    return refs;
  }

  @Test
  void evictingTakesNoLongerInALargeStore() {
    try (ObjectStore few = store(FEW, true);
        ObjectStore many = store(MANY, true)) {
      fill(few, FEW);
      fill(many, MANY);
      check(few, many, (store, number) -> store.put("x" + number, DATA));
    }
  }

  @Test
  void manyHolesOfOneLengthDoNotSlowAPut() {
    try (ObjectStore few = store(FEW, false);
        ObjectStore many = store(MANY, false)) {
      deleteEverySecond(few, fill(few, FEW));
      deleteEverySecond(many, fill(many, MANY));
      ArrayDeque<ObjectRef> made = new ArrayDeque<>();
      check(
          few,
          many,
          (store, number) -> {
            made.add(store.put("x" + number, DATA));
            if (number % CALLS == CALLS - 1) {
              made.forEach(store::delete);
              made.clear();
            }
          });
    }
  }

  private static void deleteEverySecond(ObjectStore store, List<ObjectRef> refs) {
    for (int i = 0; i < refs.size(); i += 2) {
      store.delete(refs.get(i));
    }
  }

  @Test
  void aFullStoreRefusesAsFast() {
    try (ObjectStore few = store(FEW, false);
        ObjectStore many = store(MANY, false)) {
      fill(few, FEW);
      fill(many, MANY);
      check(few, many, (store, number) -> refused(store));
    }
  }

  private static void refused(ObjectStore store) {
    try {
      store.put("one too many", DATA);
      throw new AssertionError("the store is full");
    } catch (hak.store.StoreFullException e) {
      assertTrue(e.getMessage().contains("its limit"), e::getMessage);
    }
  }
}
