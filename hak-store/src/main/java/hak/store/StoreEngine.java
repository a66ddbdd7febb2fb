package hak.store;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * One mapping of a store in one process: what the handles, views and unsealed objects of this
 * process share. It goes when the last of them is closed ({@link Users}).
 *
 * <pre>
 * put      allocate (kept, else lock) -> copy and add up -> seal (one compare-and-set) -> wake
 * get      pin (atomic add to a row of this process) -> state still SEALED? -> slice
 * close    unpin -> state DELETING and no pin left? -> keep, else free (lock)
 * delete   SEALED -> DELETING (one compare-and-set) -> pinned? no name: keep, else free (lock)
 * </pre>
 *
 * <h2>Concurrency: get against delete</h2>
 *
 * A reader pins first and looks at the state second; a deleter changes the state first and looks at
 * the pins second; both with sequentially consistent accesses. So one of them sees the other: a
 * reader that still found SEALED is seen by the deleter, who leaves the space to the reader's
 * unpin. Of several that unpin an object being deleted, the last finds no pins; of several that
 * find none, one changes the state. The state holds the generation, so a slot that was freed and
 * used again is told apart.
 *
 * <h2>Crashes</h2>
 *
 * See {@link Recovery} for why no step may be lost, {@link SharedLock} for how the next process
 * takes over.
 */
final class StoreEngine {
  /** How often a call under the lock looks for dead processes: every 200 ms. */
  private static final long REAP_NANOS = 200_000_000;

  private final StoreFile file;
  private final Region region;
  private final StoreHeader header;
  private final Slots slots;
  private final ProcessTable processes;
  private final FreeSpace space;
  private final Waits waits;
  private final SharedLock lock;
  private final Recovery recovery;
  private final Lifecycle life;
  private final Reading reading;
  private final Identity identity;
  private final Users users = new Users();
  private final Runnable whenUnused;
  private final long dataOffset;
  private final int self;
  private final int copyThreads;
  private volatile long lastReap;

  StoreEngine(
      StoreFile file,
      StoreOptions options,
      Placement placement,
      Identity identity,
      CrashPoint crash,
      Runnable whenUnused) {
    this.file = file;
    this.identity = identity;
    this.whenUnused = whenUnused;
    region = file.region();
    header = file.header();
    dataOffset = header.dataOffset();
    slots = new Slots(region, header);
    processes = new ProcessTable(region, header, identity);
    space = new FreeSpace(region, header, placement);
    NameIndex names = new NameIndex(region, header, slots);
    waits = new Waits(region, header);
    lock = new SharedLock(region, processes, identity.self(), options.lockTimeout());
    recovery = new Recovery(region, slots, processes, space, names, crash);
    self = register();
    copyThreads = Math.min(options.copyThreads(), Runtime.getRuntime().availableProcessors());
    life = new Lifecycle(this, slots, processes, space, names, waits, lock, crash);
    reading = new Reading(this, names, lock, crash);
  }

  private int register() {
    int process = processes.register();
    if (process < 0) {
      lockSound(true);
      lock.unlock();
      process = processes.register();
    }
    if (process < 0) {
      throw new StoreFullException(
          file.path()
              + " is open in "
              + header.processLimit()
              + " processes; create it with a larger processLimit");
    }
    if (processes.hasForeigners()) {
      processes.unregister(process);
      throw new StoreAccessException(
          file.path()
              + " is in use in another PID namespace, whose processes cannot be seen here; share"
              + " the namespace, or run `verify --repair` when nobody uses the store");
    }
    lastReap = System.nanoTime();
    slots.disown(process);
    return process;
  }

  /** Takes over what others left behind; once, after opening. */
  void settle() {
    lockSound(true);
    try {
      if (recovery.hasUnfinishedDeletion()) {
        rebuild();
      }
    } finally {
      lock.unlock();
    }
  }

  // Use

  /** Counts a handle more; false when the last one was closed. */
  boolean addHandle() {
    return users.addHandle();
  }

  /** Counts a handle less; without users too the mapping goes. */
  void removeHandle() {
    if (users.removeHandle()) {
      unmap();
    }
  }

  /** Counts a user; false when the last handle was closed. */
  boolean enter() {
    if (users.enter()) {
      return true;
    }
    leave();
    return false;
  }

  /** Counts a user less; after the last handle the last user unmaps. */
  void leave() {
    if (users.leave()) {
      unmap();
    }
  }

  private void unmap() {
    whenUnused.run();
    try {
      giveBackKept();
    } finally {
      try {
        processes.unregister(self);
      } finally {
        file.close();
      }
    }
  }

  /** As far as it can: who needs the room takes it from the dead too. */
  private void giveBackKept() {
    try {
      lock.lock();
    } catch (StoreTimeoutException e) {
      return;
    }
    try {
      if (!lock.isTorn()) {
        lock.beginChange();
        life.freeOwnKept();
        lock.endChange();
      }
    } finally {
      lock.unlock();
    }
  }

  StoreFile file() {
    return file;
  }

  // Lock

  /** Takes the lock and leaves the bookkeeping in order; looks for the dead now and then. */
  void lockSound(boolean reapNow) {
    lock.lock();
    try {
      long now = System.nanoTime();
      boolean due = reapNow || now - lastReap > REAP_NANOS;
      if (due) {
        lastReap = now;
        file.checkSize();
      }
      if (lock.isTorn() || (due && processes.hasDead())) {
        rebuild();
      }
    } catch (Throwable e) {
      lock.unlock();
      throw e;
    }
  }

  /** Rebuilds under the lock, and leaves no change under way. */
  void rebuild() {
    lock.beginChange();
    recovery.rebuild();
    lock.endChange();
    waits.wakeEverybody();
  }

  /**
   * Rebuilds in the midst of a change when that gives something back: of a dead process, or of a
   * deletion that was not finished. Whether it did. A store that evicts is always full, so there
   * this looks no more often than every call does.
   */
  boolean reapInChange() {
    long now = System.nanoTime();
    if (header.eviction() && now - lastReap < REAP_NANOS) {
      return false;
    }
    lastReap = now;
    if (!processes.hasDead() && !recovery.hasUnfinishedDeletion()) {
      return false;
    }
    recovery.rebuild();
    waits.wakeEverybody();
    return true;
  }

  /** Gives back, under the lock, what processes keep of deleted objects. */
  void freeAllKept() {
    lock.beginChange();
    life.freeAllKept();
    lock.endChange();
  }

  void unlock() {
    lock.unlock();
  }

  /** Drops the objects that are damaged and rebuilds the rest; returns what was dropped. */
  List<String> repair() {
    List<String> repairs = new ArrayList<>();
    lock.lock();
    try {
      Inspection inspection = Inspection.underLock(region, header, identity);
      if (inspection.report().findings().isEmpty() && !recovery.hasUnfinishedDeletion()) {
        return repairs;
      }
      lock.beginChange();
      inspection.lost().stream()
          .forEach(slot -> {
            repairs.add("dropped " + inspection.describe(slot));
            long generation = Slots.generation(slots.word(slot));
            slots.word(slot, Slots.word(Slots.FREE, 0, generation));
          });
      recovery.rebuild();
      lock.endChange();
      repairs.add("rebuilt the bookkeeping");
    } finally {
      lock.unlock();
    }
    waits.wakeEverybody();
    return repairs;
  }

  // Objects

  boolean isPinned(int slot) {
    return processes.pins(slot) > 0;
  }

  /** Whether a producer died before sealing. */
  boolean isAbandoned(long word) {
    return Slots.state(word) == Slots.ALLOCATED
        && (Slots.owner(word) >= processes.count()
            || !processes.isTaken(Slots.owner(word))
            || processes.isDead(Slots.owner(word)));
  }

  /** The bytes of an object that this process allocated. */
  MemorySegment writable(ObjectRef ref) {
    return slice(region.memory(), ref);
  }

  MemorySegment slice(MemorySegment whole, ObjectRef ref) {
    long length = slots.length(ref.slot());
    return whole.asSlice(start(ref, length), length);
  }

  /**
   * Where the data of an object begins in the file.
   *
   * @throws StoreCorruptException when so many bytes are more than the object has, or leave the
   *     data space
   */
  private long start(ObjectRef ref, long length) {
    long offset = slots.offset(ref.slot());
    if (offset < 0
        || !slots.hasRoom(ref.slot(), length)
        || offset > header.capacityBytes()
        || length > header.capacityBytes() - offset
        || offset % StoreHeader.UNIT_BYTES != 0) {
      throw new StoreCorruptException(ref + " claims bytes " + offset + "+" + length);
    }
    return dataOffset + offset;
  }

  /** Copies the data of an object that was allocated for it; returns its sum. */
  int fill(ObjectRef ref, MemorySegment data) {
    // Small data without a segment for the part of the file, which would be garbage.
    long size = data.byteSize();
    return size < BulkCopy.LEAST_BYTES
        ? Checksum.copy(data, region.memory(), start(ref, size))
        : bulk(data, writable(ref));
  }

  /** Copies data into a part of an object of this process; returns its sum. */
  int copy(MemorySegment from, MemorySegment to) {
    return bulk(from, to);
  }

  /** The sum of an object's data. */
  int sum(MemorySegment data) {
    return bulk(data, null);
  }

  private int bulk(MemorySegment from, MemorySegment to) {
    if (copyThreads == 1 || from.byteSize() < BulkCopy.LEAST_BYTES) {
      return BulkCopy.run(from, to, 0);
    }
    processes.countCopies(self, 1);
    try {
      return BulkCopy.run(from, to, copyThreads - processes.copies());
    } finally {
      processes.countCopies(self, -1);
    }
  }

  boolean isIntact(ObjectRef ref, MemorySegment data) {
    return Checksum.isRight(slots, ref.slot(), ref.generation(), sum(data));
  }

  Reading reading() {
    return reading;
  }

  Lifecycle life() {
    return life;
  }

  int self() {
    return self;
  }

  Identity identity() {
    return identity;
  }

  Waits waits() {
    return waits;
  }

  Slots slots() {
    return slots;
  }

  ProcessTable processes() {
    return processes;
  }

  FreeSpace space() {
    return space;
  }

  StoreHeader header() {
    return header;
  }

  Region region() {
    return region;
  }
}
