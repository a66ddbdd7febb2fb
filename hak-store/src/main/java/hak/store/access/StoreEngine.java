package hak.store.access;

import hak.store.LostViews;
import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.StoreAccessException;
import hak.store.StoreCorruptException;
import hak.store.StoreFullException;
import hak.store.StoreOptions;
import hak.store.StoreStats;
import hak.store.StoreTimeoutException;
import hak.store.check.Repair;
import hak.store.file.CrashPoint;
import hak.store.file.Guard;
import hak.store.file.StoreFile;
import hak.store.file.StoreHeader;
import hak.store.life.Allocation;
import hak.store.life.Compaction;
import hak.store.life.Growth;
import hak.store.life.IdlePurge;
import hak.store.life.Lifecycle;
import hak.store.life.ObjectData;
import hak.store.life.Purge;
import hak.store.life.Reclaimer;
import hak.store.life.Recovery;
import hak.store.life.Replacement;
import hak.store.life.Room;
import hak.store.life.SoundLock;
import hak.store.life.Tables;
import hak.store.life.UseClock;
import hak.store.process.Identity;
import hak.store.process.ProcessTable;
import hak.store.process.SharedLock;
import hak.store.slots.SlotRef;
import hak.store.space.KeptSpace;
import hak.store.space.Placement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

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
  /** How long a guest waits before it looks whether there is room by now: 2 ms. */
  private static final long GUEST_TURN_NANOS = 2_000_000;

  private final StoreFile file;
  private final Guard guard;
  private final Tables tables;
  private final SharedLock sharedLock;
  private final Recovery recovery;
  private final SoundLock lock;
  private final int self;
  private final ObjectData data;
  private final Reclaimer reclaimer;
  private final Compaction compaction;
  private final Allocation allocation;
  private final Lifecycle life;
  private final Replacement replacement;
  private final Reading reading;
  private final Purge purge;
  private final IdlePurge idlePurge;
  private final LostViews lostViews;
  private final Users users = new Users();
  private final Runnable whenUnused;

  /**
   * Enters this process into the store.
   *
   * @param whenUnused called after the last user has left, before the mapping goes
   */
  StoreEngine(
      StoreFile file,
      StoreOptions options,
      Placement placement,
      Identity identity,
      CrashPoint crash,
      Runnable whenUnused) {
    this.file = file;
    this.whenUnused = whenUnused;
    lostViews = options.lostViews();
    guard = new Guard(file.path());
    tables = Tables.of(file.region(), file.header(), identity, file.locks(), placement);
    sharedLock =
        SharedLock.ofBookkeeping(
            file.path(), file.region(), tables.processes(), options.lockTimeout());
    recovery = new Recovery(tables, crash);
    lock = new SoundLock(file, tables, sharedLock, recovery);
    self = register(options.lockTimeout());
    UseClock clock = new UseClock(tables);
    data = new ObjectData(tables, clock, options.copyThreads(), self, crash);
    KeptSpace kept =
        new KeptSpace(tables.slots(), tables.processes(), tables.header(), self, crash);
    reclaimer = new Reclaimer(tables, kept, self, crash);
    Room room = new Room(tables, reclaimer, clock, lock);
    Growth growth = growth(options, crash);
    compaction = Compaction.of(file, tables, lock, self, crash);
    allocation = new Allocation(tables, lock, kept, room, growth, compaction, clock, self, crash);
    purge = new Purge(file, tables, lock, reclaimer, options.purgeBytes());
    idlePurge = new IdlePurge(purge, options.purgeDelay(), this::enter, this::leave);
    life = new Lifecycle(tables, lock, kept, reclaimer, clock, idlePurge, self, crash);
    replacement =
        new Replacement(tables, lock, reclaimer, allocation, clock, idlePurge, self, crash);
    reading = new Reading(tables, lock, life, self, crash);
  }

  private Growth growth(StoreOptions options, CrashPoint crash) {
    SharedLock growing =
        SharedLock.ofGrowth(file.path(), file.region(), tables.processes(), options.lockTimeout());
    return new Growth(file, tables, lock, growing, options.marginBytes(), crash);
  }

  private int register(Duration timeout) {
    ProcessTable processes = tables.processes();
    int process = processes.register();
    if (process < 0) {
      process = registerAsGuest(timeout);
    }
    if (process < 0) {
      throw new StoreFullException(
          file.path()
              + " is open in "
              + processes.count()
              + " processes; create it with a larger processLimit");
    }
    if (processes.hasUnseen()) {
      processes.leave(process);
      throw new StoreAccessException(
          file.path()
              + " is in use in another PID namespace, whose processes cannot be seen here, for "
              + (file.locks().areThere() ? "they have no locks of open files" : file.locks().lack())
              + "; share the namespace, or run `verify --repair` when nobody uses the store");
    }
    tables.slots().disown(process);
    return process;
  }

  /** Frees the entries of the dead, or waits for who does, and takes one; -1 when all live. */
  private int registerAsGuest(Duration timeout) {
    ProcessTable processes = tables.processes();
    long start = System.nanoTime();
    while (!processes.tryEnterAsGuest()) {
      int process = processes.register();
      if (process >= 0 || Duration.ofNanos(System.nanoTime() - start).compareTo(timeout) > 0) {
        return process;
      }
      LockSupport.parkNanos(GUEST_TURN_NANOS);
    }
    try {
      reap();
    } finally {
      processes.leaveAsGuest();
    }
    return processes.register();
  }

  /**
   * Frees the entries of dead processes. Also where a damaged slot prevents the rebuild: then the
   * change is left unfinished, and what the dead had is seen when it is finished by a repair.
   */
  private void reap() {
    try {
      lock.lockAndReap();
      lock.unlock();
    } catch (StoreCorruptException e) {
      sharedLock.lock();
      try {
        if (sharedLock.isTorn()) {
          tables.processes().forgetDead();
        }
      } finally {
        sharedLock.unlock();
      }
    }
  }

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

  /** Whether the last user has left. */
  boolean isUnused() {
    return users.areGone();
  }

  private void unmap() {
    whenUnused.run();
    try {
      giveBackKept();
      idlePurge.finish();
    } catch (StoreTimeoutException e) {
      return; // Somebody keeps the lock; what is free stays where it is.
    } finally {
      try {
        tables.processes().leave(self);
      } finally {
        file.close();
      }
    }
  }

  /** As far as it can: who needs the room takes it from the dead too. */
  private void giveBackKept() {
    try {
      sharedLock.lock();
    } catch (StoreTimeoutException e) {
      return;
    }
    try {
      if (!sharedLock.isTorn()) {
        sharedLock.beginChange();
        reclaimer.freeOwnKept();
        sharedLock.endChange();
      }
    } finally {
      sharedLock.unlock();
    }
  }

  /** Says something of an object that this process allocated. */
  void describe(ObjectRef ref, ObjectMetadata metadata) {
    if (!metadata.isNone()) {
      int slot = SlotRef.slot(ref);
      file.memory().reserveInside(tables.slots().metadataAt(slot), StoreHeader.METADATA_ROW_BYTES);
      tables.slots().metadata(slot, metadata);
    }
  }

  /** The ledger, after what processes keep of deleted objects was given back. */
  StoreStats stats() {
    lock.lockAndReap();
    try {
      lock.beginChange();
      reclaimer.freeAllKept();
      lock.endChange();
      return Stats.take(tables);
    } finally {
      lock.unlock();
    }
  }

  /** Gives the memory behind all free space back to the system. */
  void trim() {
    purge.purgeAll();
  }

  /** Brings free space together; returns how many bytes were moved. */
  long compact() {
    lock.lockAndReap();
    try {
      lock.beginChange();
      reclaimer.freeAllKept();
      lock.endChange();
    } finally {
      lock.unlock();
    }
    return compaction.all();
  }

  /** Drops the objects that are damaged and rebuilds the rest; returns what was changed. */
  List<String> repair() {
    // Who has opened the store to repair it writes nothing, whatever a damaged slot says.
    int writer = users.isOneHandle() ? Repair.NOBODY : self;
    return new Repair(tables, sharedLock, recovery, self, writer).run();
  }

  /**
   * What to throw for an InternalError while data was copied into the store: the file that is too
   * short may be the one that the data comes from.
   */
  RuntimeException whileCopying(InternalError raised) {
    try {
      file.checkSize();
    } catch (StoreCorruptException e) {
      return guard.damage(raised);
    }
    return new IllegalArgumentException(
        "the data cannot be read: the file that it is mapped from was truncated", raised);
  }

  StoreFile file() {
    return file;
  }

  LostViews lostViews() {
    return lostViews;
  }

  Guard guard() {
    return guard;
  }

  Tables tables() {
    return tables;
  }

  SoundLock lock() {
    return lock;
  }

  ObjectData data() {
    return data;
  }

  Allocation allocation() {
    return allocation;
  }

  Lifecycle life() {
    return life;
  }

  Replacement replacement() {
    return replacement;
  }

  Reading reading() {
    return reading;
  }
}
