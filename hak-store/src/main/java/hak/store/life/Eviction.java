package hak.store.life;

import hak.store.event.EvictionEvent;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.process.ProcessTable;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import hak.store.space.ExtentTable;
import hak.store.space.FreeSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes room in a full store: deletes objects, those used longest ago first ({@link UseClock} says
 * what counts as use). An object goes only when it is sealed, has no reference but the one of its
 * put, and nobody has a view of it. What is deleted is known to suffice before the first is: a
 * request that cannot fit deletes nothing.
 *
 * <h2>Why not a list in order of use</h2>
 *
 * Each view would have to write to it, under a lock that all readers share. A look at all slots
 * picks a sixteenth of the objects at once, exactly those used longest ago ({@link OldestObjects}),
 * and serves as many evictions; it needs no lock and is done before the store's is taken. It costs
 * each eviction 16 slots looked at, whatever the number of objects. Nothing of it is shared, so
 * nothing of it can be torn by a death.
 *
 * <h2>Concurrency</h2>
 *
 * Under the store's lock, but for {@link #prepare}. The reference is dropped by compare-and-set
 * from 1 to 0 before the object is deleted, so of an eviction and a retain one wins. A reader that
 * pins it meanwhile keeps its view, and its space.
 */
final class Eviction {
  /** Objects picked by a look: this part of all, */
  private static final int SHARE = 16;

  /** but at least so many. */
  private static final int LEAST = 64;

  /** Objects in order of use that are tried together before the whole data space is looked at. */
  private static final int TOGETHER = 64;

  private final Path store;
  private final Region region;
  private final Slots slots;
  private final ProcessTable processes;
  private final FreeSpace space;
  private final Reclaimer reclaimer;
  private final UseClock clock;
  private final boolean on;
  private volatile OldestObjects oldest = OldestObjects.NONE;

  /** An empty object has had its turn when space was wanted, which it has not. */
  private boolean passedEmpty;

  Eviction(Path store, Tables tables, Reclaimer reclaimer, UseClock clock) {
    this.store = store;
    this.reclaimer = reclaimer;
    this.clock = clock;
    region = tables.region();
    slots = tables.slots();
    processes = tables.processes();
    space = tables.space();
    on = tables.header().eviction();
  }

  boolean isOn() {
    return on;
  }

  /** Looks for the objects of the next evictions, without the lock, when the last ones are used. */
  void prepare() {
    OldestObjects now = oldest;
    if (on && now != OldestObjects.NONE && now.isNearEnd()) {
      look();
    }
  }

  private void look() {
    int most = Math.max(LEAST, region.getInt(StoreHeader.OBJECTS) / SHARE);
    oldest = OldestObjects.find(slots, clock, most);
  }

  /**
   * Deletes what makes room for so many units, or for a slot when there is room enough. False when
   * nothing does, and then nothing was deleted; after true somebody may have begun to read what was
   * deleted, so that there is no room yet.
   */
  boolean makeRoom(int units) {
    boolean slotOnly = units == 0 || space.fits(units);
    if (slotOnly && passedEmpty) {
      passedEmpty = false;
      look();
    }
    if (evictOldest(units, slotOnly)) {
      return true;
    }
    if (oldest.left() == 0) {
      look();
      if (evictOldest(units, slotOnly)) {
        return true;
      }
    }
    return !slotOnly && evictBestStretch(units);
  }

  private boolean isEvictable(int slot, long word) {
    return StateWord.state(word) == StateWord.SEALED
        && slots.word(slot) == word
        && slots.references(slot) == 1
        && processes.pins(slot) == 0;
  }

  private boolean hasItsTurn(OldestObjects queue, int ahead, boolean slotOnly) {
    int slot = queue.slot(ahead);
    return clock.lastUse(slot) == queue.use(ahead)
        && isEvictable(slot, queue.word(ahead))
        && (slotOnly || slots.units(slot) > 0);
  }

  /** Deletes the first of the oldest that make room, alone or side by side. */
  private boolean evictOldest(int units, boolean slotOnly) {
    OldestObjects queue = oldest;
    while (queue.left() > 0 && !hasItsTurn(queue, 0, slotOnly)) {
      passedEmpty |= slots.units(queue.slot(0)) == 0;
      queue.pass(1);
    }
    Set<Integer> tried = new HashSet<>();
    for (int ahead = 0; ahead < queue.left() && tried.size() < TOGETHER; ahead++) {
      if (hasItsTurn(queue, ahead, slotOnly)) {
        int slot = queue.slot(ahead);
        tried.add(slots.extent(slot));
        if (evictAll(slotOnly ? List.of(slot) : stretchAround(slot, units, tried))) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * The objects of a stretch around one of them that is long enough and has nothing in it but free
   * space and objects that are tried; empty when there is none.
   */
  private List<Integer> stretchAround(int slot, int units, Set<Integer> tried) {
    ExtentTable table = space.table();
    List<Integer> objects = new ArrayList<>(List.of(slot));
    int middle = slots.extent(slot);
    long length = table.length(middle);
    for (int at = table.previous(middle);
        length < units && isPassable(at, tried);
        at = table.previous(at)) {
      length += table.length(at);
      addObject(at, objects);
    }
    for (int at = table.next(middle);
        length < units && isPassable(at, tried);
        at = table.next(at)) {
      length += table.length(at);
      addObject(at, objects);
    }
    return length >= units ? objects : List.of();
  }

  private boolean isPassable(int extent, Set<Integer> tried) {
    return extent != FreeSpace.NONE && (space.table().isFree(extent) || tried.contains(extent));
  }

  private void addObject(int extent, List<Integer> objects) {
    if (!space.table().isFree(extent)) {
      objects.add(space.table().slot(extent));
    }
  }

  /** Deletes what lies in the stretch whose newest object was used longest ago. */
  private boolean evictBestStretch(int units) {
    ExtentTable table = space.table();
    StretchSearch search = new StretchSearch(units);
    int steps = 0;
    for (int extent = table.first(); extent != FreeSpace.NONE; extent = table.next(extent)) {
      int slot = table.slot(extent);
      if (table.isFree(extent)) {
        search.add(FreeSpace.NONE, table.length(extent), 0);
      } else if (slots.has(slot) && isEvictable(slot, slots.word(slot))) {
        search.add(slot, table.length(extent), clock.lastUse(slot));
      } else {
        search.interrupt();
      }
      space.step(++steps);
    }
    return evictAll(search.best());
  }

  /** Deletes objects as far as they still can be; whether one was. */
  private boolean evictAll(List<Integer> objects) {
    if (objects.isEmpty()) {
      return false;
    }
    EvictionEvent event = EvictionEvent.started();
    int evicted = 0;
    long bytes = 0;
    for (int slot : objects) {
      long reserved = slots.reserved(slot);
      if (reclaimer.evict(slot)) {
        evicted++;
        bytes += reserved;
      }
    }
    event.end(store, evicted, bytes);
    return evicted > 0;
  }
}
