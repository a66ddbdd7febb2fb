package hak.store.life;

import hak.store.DuplicateNameException;
import hak.store.ObjectRef;
import hak.store.StoreCorruptException;
import hak.store.StoreFullException;
import hak.store.file.CrashPoint;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.file.Units;
import hak.store.process.ProcessTable;
import hak.store.slots.NameIndex;
import hak.store.slots.Names;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import hak.store.slots.StateWord;
import hak.store.space.FreeSpace;
import hak.store.space.KeptSpace;

/**
 * The begin of an object's life: a slot and space for it, kept by this process or taken from the
 * store under its lock.
 */
public final class Allocation {
  private final Region region;
  private final StoreHeader header;
  private final Units measure;
  private final Slots slots;
  private final ProcessTable processes;
  private final FreeSpace space;
  private final NameIndex names;
  private final SoundLock lock;
  private final KeptSpace kept;
  private final Room room;
  private final Growth growth;
  private final Compaction compaction;
  private final UseClock clock;
  private final CrashPoint crash;
  private final int self;

  public Allocation(
      Tables tables,
      SoundLock lock,
      KeptSpace kept,
      Room room,
      Growth growth,
      Compaction compaction,
      UseClock clock,
      int self,
      CrashPoint crash) {
    this.lock = lock;
    this.kept = kept;
    this.room = room;
    this.growth = growth;
    this.compaction = compaction;
    this.clock = clock;
    this.self = self;
    this.crash = crash;
    region = tables.region();
    header = tables.header();
    measure = header.units();
    slots = tables.slots();
    processes = tables.processes();
    space = tables.space();
    names = tables.names();
  }

  /** Takes a slot and space; the object is then ALLOCATED by this process. */
  public ObjectRef allocate(byte[] name, long sizeBytes) {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("the size of an object is not negative: " + sizeBytes);
    }
    if (sizeBytes > header.capacityBytes()) {
      throw new StoreFullException(
          "an object of "
              + sizeBytes
              + " bytes does not fit in a store of "
              + header.capacityBytes());
    }
    if (name.length == 0 && sizeBytes > 0) {
      int slot = kept.take(measure.of(sizeBytes));
      if (slot >= 0) {
        begin(slot, sizeBytes);
        return ref(slot);
      }
    }
    return allocateLocked(name, sizeBytes);
  }

  private void begin(int slot, long sizeBytes) {
    slots.begin(slot, sizeBytes);
    clock.use(slot);
  }

  private ObjectRef ref(int slot) {
    return SlotRef.of(slot, StateWord.generation(slots.word(slot)));
  }

  /** Takes space from the store; grows the file in between, without the lock, when it must. */
  private ObjectRef allocateLocked(byte[] name, long sizeBytes) {
    room.prepare();
    int units = measure.of(sizeBytes);
    StoreFullException refusal = null;
    boolean compacted = false;
    while (true) {
      Growth.Need need = null;
      lock.lockForNew();
      try {
        if (name.length > 0) {
          checkName(name);
        }
        lock.beginChange();
        crash.reached();
        int extent = findRoom(units, refusal, compacted);
        if (extent != Room.GROW && extent != Room.COMPACT) {
          int slot = allocateSlot(name, sizeBytes, extent);
          crash.reached();
          lock.endChange();
          crash.reached();
          return ref(slot);
        }
        need = extent == Room.GROW ? room.need(units) : null;
        lock.endChange();
      } finally {
        lock.unlock();
      }
      if (need == null) {
        compacted = !compaction.step(units);
      } else {
        refusal = growth.grow(need);
      }
    }
  }

  private int findRoom(int units, StoreFullException refusal, boolean compacted) {
    try {
      return room.find(units, refusal, compacted);
    } catch (StoreFullException e) {
      lock.endChange();
      throw e;
    }
  }

  private void checkName(byte[] name) {
    if (findNamed(name) != null) {
      throw new DuplicateNameException(
          "there is an object named " + Names.decode(name) + " already");
    }
  }

  /** The object of that name, sealed or being written by who lives, or null; under the lock. */
  ObjectRef findNamed(byte[] name) {
    ObjectRef ref = names.find(name, Names.hash(name));
    if (ref != null && isAbandoned(ref)) {
      lock.rebuild();
      ref = names.find(name, Names.hash(name));
    }
    return ref;
  }

  /** Whether its producer died before sealing it. */
  private boolean isAbandoned(ObjectRef ref) {
    long word = slots.word(SlotRef.slot(ref));
    return StateWord.state(word) == StateWord.ALLOCATED && processes.isGone(StateWord.owner(word));
  }

  private int allocateSlot(byte[] name, long sizeBytes, int extent) {
    int units = measure.of(sizeBytes);
    int slot = takeFreeSlot(units, extent);
    begin(slot, sizeBytes);
    slots.name(slot, name);
    crash.reached();
    long generation = StateWord.nextGeneration(StateWord.generation(slots.word(slot)));
    slots.word(slot, StateWord.of(StateWord.ALLOCATED, self, generation));
    crash.reached();
    if (name.length > 0) {
      names.insert(slot);
    } else if (units > 0) {
      keepMore(units);
    }
    return slot;
  }

  /** Takes the first free slot, which has that extent now; it is still FREE. */
  private int takeFreeSlot(int units, int extent) {
    int slot = extent < 0 ? slots.free().first() : space.table().slot(extent);
    if (StateWord.state(slots.word(slot)) != StateWord.FREE) {
      throw new StoreCorruptException("slot " + slot + " is listed as free");
    }
    crash.reached();
    slots.free().take(slot);
    region.putInt(StoreHeader.OBJECTS, region.getInt(StoreHeader.OBJECTS) + 1);
    long offset = extent < 0 ? 0 : measure.bytes(space.table().start(extent));
    slots.place(slot, offset, units, extent);
    return slot;
  }

  /**
   * Takes more slots like the one just allocated, where the next calls will want them. What is kept
   * last is taken first, so they are kept from the highest address down.
   */
  private void keepMore(int units) {
    int free = slots.count() - region.getInt(StoreHeader.OBJECTS);
    int more = Math.min(kept.batch(units) - 1, free);
    int extent = more > 0 ? room.take(more * units) : -1;
    if (extent < 0) {
      return;
    }
    int[] taken = new int[more];
    long[] words = new long[more];
    int last = more - 1;
    taken[last] = takeFreeSlot(units, extent);
    words[last] = keep(taken[last]);
    for (int i = 0; i < last; i++) {
      int part = space.split(extent, (last - i) * units, slots.free().first());
      taken[i] = takeFreeSlot(units, part);
      words[i] = keep(taken[i]);
    }
    kept.add(taken, words, units);
  }

  /** Makes a slot KEPT; returns its word. In the order of the slots: see {@code Witnesses}. */
  private long keep(int slot) {
    slots.name(slot, Names.NONE);
    // A new generation, so that no entry left in a list takes it for what the slot was before.
    long generation = StateWord.nextGeneration(StateWord.generation(slots.word(slot)));
    long word = StateWord.of(StateWord.KEPT, self, generation);
    slots.word(slot, word);
    crash.reached();
    return word;
  }
}
