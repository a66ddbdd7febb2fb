package hak.store.life;

import hak.store.ObjectStore;
import hak.store.access.TestStores;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts where processes were when they were killed, by what they left in their store's header. */
final class Deaths {
  private static final String KILLED = "killed";
  private static final String LOCKED = "with the lock";
  private static final String CHANGING = "in the midst of a change";
  private static final String GROWING = "making the file larger";
  private static final String MOVING = "moving an object";

  private final Map<String, Integer> counts = new TreeMap<>();

  /** Who was found with the lock of growth: it stays there until somebody grows the file again. */
  private long grower;

  /** Counts a death; before anybody has taken the lock after it. */
  void add(Worker.Work work, ObjectStore store) {
    Region header = TestStores.tables(store).region();
    count(work, KILLED, true);
    count(work, LOCKED, header.getLongVolatile(StoreHeader.LOCK) != 0);
    count(work, CHANGING, (header.getLongVolatile(StoreHeader.CHANGES) & 1) != 0);
    long growing = header.getLongVolatile(StoreHeader.GROWTH_LOCK);
    count(work, GROWING, growing != 0 && growing != grower);
    grower = growing;
    count(work, MOVING, header.getIntVolatile(StoreHeader.MOVE_SLOT) != 0);
  }

  private void count(Worker.Work work, String where, boolean there) {
    counts.merge(key(work, where), there ? 1 : 0, Integer::sum);
  }

  private static String key(Worker.Work work, String where) {
    return work + " " + where;
  }

  /** What was meant to be hit and never was. */
  List<String> missed() {
    return List.of(
            key(Worker.Work.GROW, GROWING),
            key(Worker.Work.MIX, CHANGING),
            key(Worker.Work.PUNCH, LOCKED),
            key(Worker.Work.COMPACT, MOVING))
        .stream()
        .filter(each -> counts.getOrDefault(each, 0) == 0)
        .toList();
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
