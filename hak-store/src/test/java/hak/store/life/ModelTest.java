package hak.store.life;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hak.store.NoSuchObjectException;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.ObjectView;
import hak.store.StoreFullException;
import hak.store.StoreOptions;
import hak.store.StoreStats;
import hak.store.StoreVerifier;
import hak.store.VerifyReport;
import hak.store.access.TestStores;
import hak.store.access.TestStores.Killed;
import hak.store.access.TestStores.SimulatedProcess;
import hak.store.space.Placement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Random calls from several processes, some of which die, against a map of byte arrays. */
class ModelTest {
  private static final int PROCESSES = 3;
  private static final StoreOptions OPTIONS =
      TestStores.SMALL.withCapacityBytes(200_000).withObjectLimit(20).withGrowthBytes(8192);

  private final Map<ObjectRef, byte[]> model = new HashMap<>();
  private final Map<ObjectView, byte[]> views = new HashMap<>();
  private final Map<ObjectView, Integer> readers = new HashMap<>();
  private final List<ObjectStore> stores = new ArrayList<>();
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private Random random;
  private Path path;

  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void behavesLikeAMapWhoeverDies(
      @ForAll long seed,
      @ForAll Placement placement,
      @ForAll @IntRange(min = 1, max = 250) int calls)
      throws Exception {
    random = new Random(seed);
    model.clear();
    views.clear();
    stores.clear();
    processes.clear();
    try (TestStores files = new TestStores()) {
      path = files.path();
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(null);
        stores.add(null);
        start(i, placement);
      }
      for (int i = 0; i < calls; i++) {
        call(placement);
      }
      check();
      for (ObjectStore store : stores) {
        store.close();
      }
      views.keySet().forEach(ObjectView::close);
      VerifyReport report = StoreVerifier.verify(path);
      assertEquals(List.of(), report.findings());
      assertEquals(model.size(), report.objects());
    }
  }

  private void start(int process, Placement placement) {
    SimulatedProcess identity = new SimulatedProcess();
    processes.set(process, identity);
    ObjectStore store = TestStores.openAs(path, OPTIONS, placement, identity);
    stores.set(process, store);
  }

  private void call(Placement placement) {
    int process = random.nextInt(PROCESSES);
    ObjectStore store = stores.get(process);
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> put(store);
      case 3, 4 -> delete(store);
      case 5 -> view(process, store);
      case 6 -> closeView();
      case 7 -> store.trim();
      default -> {
        if (random.nextInt(4) == 0) {
          die(process, placement);
        }
      }
    }
  }

  private void put(ObjectStore store) {
    int size = random.nextInt(5) == 0 ? random.nextInt(60_000) : random.nextInt(3000);
    byte[] bytes = TestStores.bytes(random.nextLong(), size);
    try {
      model.put(store.put(MemorySegment.ofArray(bytes)), bytes);
    } catch (StoreFullException e) {
      StoreStats stats = store.stats();
      boolean fits = stats.largestFreeBytes() >= size && stats.objects() < stats.objectLimit();
      assertEquals(false, fits && size > 0, e::getMessage);
    }
  }

  private ObjectRef any() {
    List<ObjectRef> refs = new ArrayList<>(model.keySet());
    refs.sort((a, b) -> Long.compare(a.value(), b.value()));
    return refs.isEmpty() ? null : refs.get(random.nextInt(refs.size()));
  }

  private void delete(ObjectStore store) {
    ObjectRef ref = any();
    if (ref != null) {
      store.delete(ref);
      model.remove(ref);
      assertThrows(NoSuchObjectException.class, () -> store.get(ref));
    }
  }

  private void view(int process, ObjectStore store) {
    ObjectRef ref = any();
    if (ref != null && views.size() < 8) {
      ObjectView view = store.get(ref);
      views.put(view, model.get(ref));
      readers.put(view, process);
    }
  }

  private void closeView() {
    if (!views.isEmpty()) {
      ObjectView view = views.keySet().iterator().next();
      assertArrayEquals(views.remove(view), view.segment().toArray(ValueLayout.JAVA_BYTE));
      view.close();
    }
  }

  /** Dies during a put or a delete; whether that happened is what the store says. */
  private void die(int process, Placement placement) {
    ObjectStore store = stores.get(process);
    views.keySet().removeIf(view -> readers.get(view) == process);
    processes.get(process).dieAfter(1 + random.nextInt(20));
    byte[] bytes = TestStores.bytes(random.nextLong(), random.nextInt(9000));
    ObjectRef victim = any();
    try {
      if (victim != null && random.nextBoolean()) {
        store.delete(victim);
      } else {
        store.put("dying", MemorySegment.ofArray(bytes));
      }
    } catch (Killed | IllegalStateException | StoreFullException e) {
      // What it did until then is looked up below.
    }
    processes.get(process).die();
    start(process, placement);
    ObjectStore heir = stores.get(process);
    if (victim != null && !heir.contains(victim)) {
      model.remove(victim);
    }
    if (heir.contains("dying")) {
      ObjectRef ref = heir.find("dying");
      assertArrayEquals(bytes, TestStores.read(heir, ref));
      heir.delete(ref);
    }
  }

  private void check() {
    ObjectStore store = stores.getFirst();
    StoreStats stats = store.stats();
    assertEquals(stats.committedBytes(), stats.usedBytes() + stats.freeBytes());
    assertEquals(List.of(), store.verify().findings());
    assertEquals(model.size(), store.list().size());
    model.forEach((ref, bytes) -> assertArrayEquals(bytes, TestStores.read(store, ref)));
    views.forEach(
        (view, bytes) -> assertArrayEquals(bytes, view.segment().toArray(ValueLayout.JAVA_BYTE)));
  }
}
