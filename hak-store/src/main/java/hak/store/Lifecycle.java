package hak.store;

import java.lang.foreign.MemorySegment;

/**
 * The steps of an object's life: allocated, sealed or given up, deleted, freed. Each comes to be by
 * one atomic write of the slot's state; what is written before it does not count yet, what is
 * written after it can be built anew.
 */
final class Lifecycle {
  private final StoreEngine engine;
  private final Region region;
  private final StoreHeader header;
  private final Slots slots;
  private final ProcessTable processes;
  private final FreeSpace space;
  private final NameIndex names;
  private final Waits waits;
  private final SharedLock lock;
  private final Room room;
  private final KeptSpace kept;
  private final CrashPoint crash;
  private final int self;

  Lifecycle(
      StoreEngine engine,
      Slots slots,
      ProcessTable processes,
      FreeSpace space,
      NameIndex names,
      Waits waits,
      SharedLock lock,
      CrashPoint crash) {
    this.engine = engine;
    region = engine.region();
    header = engine.header();
    self = engine.self();
    this.slots = slots;
    this.processes = processes;
    this.space = space;
    this.names = names;
    this.waits = waits;
    this.lock = lock;
    this.crash = crash;
    kept = new KeptSpace(slots, header, self, crash);
    room = new Room(engine, this, space, slots, crash);
  }

  /** Takes a slot and space; the object is then ALLOCATED by this process. */
  ObjectRef allocate(byte[] name, long sizeBytes) {
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
      int slot = kept.take(FreeSpace.units(sizeBytes));
      if (slot >= 0) {
        begin(slot, sizeBytes);
        return ref(slot);
      }
    }
    return allocateLocked(name, sizeBytes);
  }

  private void begin(int slot, long sizeBytes) {
    slots.begin(slot, sizeBytes);
    if (header.eviction()) {
      slots.lastRead(slot, System.nanoTime());
    }
  }

  private ObjectRef ref(int slot) {
    return ObjectRef.of(slot, Slots.generation(slots.word(slot)));
  }

  private ObjectRef allocateLocked(byte[] name, long sizeBytes) {
    engine.lockSound(false);
    try {
      if (name.length > 0) {
        checkName(name);
      }
      lock.beginChange();
      crash.reached();
      int slot = allocateSlot(name, sizeBytes);
      crash.reached();
      lock.endChange();
      crash.reached();
      return ref(slot);
    } finally {
      lock.unlock();
    }
  }

  private void checkName(byte[] name) {
    ObjectRef ref = names.find(name, Names.hash(name));
    if (ref != null && engine.isAbandoned(slots.word(ref.slot()))) {
      engine.rebuild();
      ref = names.find(name, Names.hash(name));
    }
    if (ref != null) {
      throw new DuplicateNameException(
          "there is an object named " + Names.decode(name) + " already");
    }
  }

  private int allocateSlot(byte[] name, long sizeBytes) {
    int units = FreeSpace.units(sizeBytes);
    int extent;
    try {
      extent = room.find(units);
    } catch (StoreFullException e) {
      lock.endChange();
      throw e;
    }
    int slot = takeFreeSlot(units, extent);
    begin(slot, sizeBytes);
    slots.name(slot, name);
    crash.reached();
    long generation = Slots.nextGeneration(Slots.generation(slots.word(slot)));
    slots.word(slot, Slots.word(Slots.ALLOCATED, self, generation));
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
    int slot = slots.free().first();
    if (Slots.state(slots.word(slot)) != Slots.FREE) {
      throw new StoreCorruptException("slot " + slot + " is listed as free");
    }
    crash.reached();
    slots.free().take(slot);
    region.putInt(StoreHeader.OBJECTS, region.getInt(StoreHeader.OBJECTS) + 1);
    long offset = extent < 0 ? 0 : (long) space.table().start(extent) << StoreHeader.UNIT_SHIFT;
    slots.place(slot, offset, units, extent);
    return slot;
  }

  /**
   * Takes more slots like the one just allocated, where the next calls will want them. What is kept
   * last is taken first, so they are kept from the highest address down.
   */
  private void keepMore(int units) {
    int free = header.objectLimit() - region.getInt(StoreHeader.OBJECTS);
    int more = Math.min(kept.batch(units) - 1, free);
    int extent = more > 0 ? room.take(more * units) : -1;
    if (extent < 0) {
      return;
    }
    int lowest = takeFreeSlot(units, extent);
    for (int before = more - 1; before > 0; before--) {
      int freeSlot = slots.free().first();
      keep(takeFreeSlot(units, space.split(extent, before * units, freeSlot)), units);
    }
    keep(lowest, units);
  }

  private void keep(int slot, int units) {
    slots.name(slot, Names.NONE);
    // A new generation, so that no entry left in a list takes it for what the slot was before.
    long generation = Slots.nextGeneration(Slots.generation(slots.word(slot)));
    long word = Slots.word(Slots.KEPT, self, generation);
    slots.word(slot, word);
    crash.reached();
    kept.add(slot, word, units);
  }

  /** Copies data into an object that was allocated for it, and seals it. */
  void fillAndSeal(ObjectRef ref, MemorySegment data) {
    crash.reached();
    int sum = engine.fill(ref, data);
    crash.reached();
    seal(ref, sum);
  }

  /** Makes an object readable. */
  void seal(ObjectRef ref, int dataSum) {
    int slot = ref.slot();
    byte[] name = slots.name(slot);
    long length = slots.length(slot);
    slots.checksum(slot, Checksum.finish(dataSum, length, ref.generation(), name));
    crash.reached();
    if (!slots.casWord(
        slot,
        Slots.word(Slots.ALLOCATED, self, ref.generation()),
        Slots.word(Slots.SEALED, 0, ref.generation()))) {
      throw new StoreCorruptException(ref + " was taken from its producer");
    }
    crash.reached();
    wake(slot, name);
  }

  private void wake(int slot, byte[] name) {
    waits.wake(slot);
    if (name.length > 0) {
      waits.wake(Names.hash(name));
    }
  }

  /** Gives an object up that was not sealed. */
  void abandon(ObjectRef ref) {
    long allocated = Slots.word(Slots.ALLOCATED, self, ref.generation());
    long deleting = Slots.word(Slots.DELETING, self, ref.generation());
    if (slots.casWord(ref.slot(), allocated, deleting)) {
      crash.reached();
      wake(ref.slot(), slots.name(ref.slot()));
      finishDelete(ref.slot(), deleting);
    }
  }

  /** Gives an object up because of a failure, which may be of the kind that prevents it. */
  void abandonAfter(Throwable failure, ObjectRef ref) {
    try {
      abandon(ref);
    } catch (RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
  }

  /** Deletes a sealed object; false when there is none. */
  boolean delete(ObjectRef ref) {
    if (!slots.has(ref.slot())) {
      return false;
    }
    long deleting = Slots.word(Slots.DELETING, self, ref.generation());
    if (!slots.casWord(ref.slot(), Slots.sealed(ref), deleting)) {
      return false;
    }
    crash.reached();
    finishDelete(ref.slot(), deleting);
    return true;
  }

  /** Frees or keeps a deleted object unless it is pinned; nothing when somebody else did. */
  void finishDelete(int slot, long deleting) {
    boolean keepable = !slots.hasName(slot) && processes.pins(slot) == 0;
    if (!keepable || !kept.keep(slot, deleting)) {
      finishDeleteLocked(slot, deleting);
    }
  }

  private void finishDeleteLocked(int slot, long deleting) {
    engine.lockSound(false);
    try {
      if (slots.word(slot) == deleting) {
        lock.beginChange();
        crash.reached();
        if (slots.hasName(slot)) {
          names.remove(slot);
        }
        crash.reached();
        freeUnlessPinned(slot, deleting);
        kept.drainOwn(this::free);
        crash.reached();
        lock.endChange();
      }
      crash.reached();
    } finally {
      lock.unlock();
    }
  }

  /** Deletes a sealed object in the midst of a change, to make room. */
  boolean evict(int slot, long word) {
    long deleting = Slots.word(Slots.DELETING, self, Slots.generation(word));
    if (!slots.casWord(slot, word, deleting)) {
      return false;
    }
    if (slots.hasName(slot)) {
      names.remove(slot);
    }
    region.putLong(StoreHeader.EVICTIONS, region.getLong(StoreHeader.EVICTIONS) + 1);
    crash.reached();
    return freeUnlessPinned(slot, deleting);
  }

  private boolean freeUnlessPinned(int slot, long deleting) {
    return processes.pins(slot) == 0 && free(slot, deleting);
  }

  /** Frees a slot in the midst of a change; false when it does not have that word any more. */
  private boolean free(int slot, long word) {
    if (!slots.casWord(slot, word, Slots.word(Slots.FREE, 0, Slots.generation(word)))) {
      return false;
    }
    crash.reached();
    int extent = slots.extent(slot);
    if (slots.units(slot) > 0) {
      if (space.table().slot(extent) != slot) {
        throw new StoreCorruptException("extent " + extent + " is not that of slot " + slot);
      }
      space.release(extent);
    }
    crash.reached();
    slots.free().give(slot);
    region.putInt(StoreHeader.OBJECTS, region.getInt(StoreHeader.OBJECTS) - 1);
    return true;
  }

  /** Frees what this process keeps, in the midst of a change. */
  void freeOwnKept() {
    kept.drainAll(this::free);
  }

  /** Frees what any process keeps, in the midst of a change. */
  void freeAllKept() {
    for (int slot = 0; slot < slots.count(); slot++) {
      long word = slots.word(slot);
      if (Slots.state(word) == Slots.KEPT) {
        free(slot, word);
      }
    }
  }

  /** Changes the reference count of a pinned object; -1 when its last reference is gone. */
  int addReference(ObjectRef ref, int by) {
    int references;
    do {
      references = slots.references(ref.slot());
      if (references <= 0 || references == Integer.MAX_VALUE) {
        return -1;
      }
    } while (!slots.casReferences(ref.slot(), references, references + by));
    crash.reached();
    return references + by;
  }
}
