package hak.store.process;

import hak.store.file.ByteLocks;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.file.TableRows;

/**
 * Who has the store open, and what each of them reads.
 *
 * <pre>
 *    0  identity   of the process, 0 = free entry                      long
 *    8  habitat    boot and PID namespace it lives in                  long
 *   16  copies     large objects that it copies or adds up now         int
 *   20  keeps      1 = some slot may be KEPT by it                     int
 *   24  waits      how often a thread of it slept                      int
 *   28  lostViews  views that it never closed, and found               int
 * </pre>
 *
 * <p>An entry of 64 bytes is taken by one compare-and-set of its identity. To each belongs a row of
 * pins, one int for each slot: how many views of that object this process has open. So a pin is an
 * atomic add to memory that no other process writes, and the pins of a dead process are known.
 *
 * <h2>Who lives</h2>
 *
 * The opening that takes an entry holds a lock on its bytes ({@link ByteLocks}), from before it
 * writes its identity until after it has removed it. So an identity that is {@link Identity#isHeld
 * held} and whose bytes nobody has locked is that of the dead, and stays until somebody who has the
 * store's lock removes it. The kernel gives a lock up when the last thread of its process is past
 * unmapping its memory: nothing of the dead can be written after that. Processes in other PID, time
 * or mount namespaces see the same lock; it is not inherited by children, and each opening of the
 * file has its own, also of one JVM. While a process is started the lock may outlive a parent that
 * is killed, until its child runs the other program.
 *
 * <p>Where the file system has no such locks, or native calls are not allowed, identities are those
 * that /proc can tell, and a process that cannot be seen there is {@link #hasUnseen unseen}.
 *
 * <h2>Guests</h2>
 *
 * Who finds all entries taken has to take the store's lock without one, to free those of the dead.
 * It is a guest meanwhile and has a lock of its own, on the bytes of the store's lock; there is one
 * guest at a time. A holder of the store's lock that has no entry is a guest, or dead.
 */
public final class ProcessTable {
  private static final int IDENTITY = 0;
  private static final int HABITAT = 8;
  private static final int COPIES = 16;
  private static final int KEEPS = 20;
  private static final int WAITS = 24;
  private static final int LOST_VIEWS = 28;

  private static final int NONE = -1;

  private static final int GUEST_BYTES = Long.BYTES;

  private final Region region;
  private final Identity identity;
  private final ByteLocks locks;
  private long self;
  private final int count;
  private final long entries;
  private final long pins;
  private final long pinsStride;
  private final TableRows rows;
  private boolean guest;

  /** The entry of this process, once it has one. */
  private int own = NONE;

  /** The table of a file, for the opening that has those locks. */
  public ProcessTable(Region region, StoreHeader header, Identity identity, ByteLocks locks) {
    this.region = region;
    this.identity = identity;
    this.locks = locks;
    self = newWord();
    count = header.processLimit();
    entries = header.processesOffset();
    pins = header.pinsOffset();
    pinsStride = header.pinsStride();
    rows = new TableRows(region, header);
  }

  private long entry(int process) {
    return entries + (long) process * StoreHeader.PROCESS_ENTRY_BYTES;
  }

  private long pin(int process, int slot) {
    return pins + process * pinsStride + (long) slot * Integer.BYTES;
  }

  public int count() {
    return count;
  }

  private long newWord() {
    return locks.areThere() ? Identity.held(Identity.pid(identity.self())) : identity.self();
  }

  /** The word of this opening, in its entry and in the locks that it has. */
  public long self() {
    return self;
  }

  /** Takes an entry for this process; -1 when all are taken. */
  public int register() {
    for (int process = 0; process < count; process++) {
      if (!isTaken(process) && take(process)) {
        region.putLongVolatile(entry(process) + HABITAT, identity.habitat());
        region.putIntVolatile(entry(process) + COPIES, 0);
        region.putIntVolatile(entry(process) + WAITS, 0);
        region.putIntVolatile(entry(process) + LOST_VIEWS, 0);
        clearPins(process);
        own = process;
        return process;
      }
    }
    return NONE;
  }

  private boolean take(int process) {
    if (locks.areThere() && !locks.tryLock(entry(process), StoreHeader.PROCESS_ENTRY_BYTES)) {
      return false; // Being taken, or its owner has not quite left.
    }
    countEntries(process + 1);
    if (region.casLong(entry(process) + IDENTITY, 0, self)) {
      return true;
    }
    unlock(process);
    return false;
  }

  private void unlock(int process) {
    if (locks.areThere()) {
      locks.unlock(entry(process), StoreHeader.PROCESS_ENTRY_BYTES);
    }
  }

  /** Becomes the guest; false when somebody else is. */
  public boolean tryEnterAsGuest() {
    if (!locks.areThere()) {
      return true;
    }
    guest = locks.tryLock(StoreHeader.LOCK, GUEST_BYTES);
    return guest;
  }

  /** From now on this opening has another word: who saw the guest's may still take it for dead. */
  public void leaveAsGuest() {
    if (guest) {
      guest = false;
      self = newWord();
      locks.unlock(StoreHeader.LOCK, GUEST_BYTES);
    }
  }

  /** From now on at least so many entries are looked at for pins. */
  public void countEntries(int taken) {
    int before = region.getIntVolatile(StoreHeader.PROCESSES);
    while (before < taken && !region.casInt(StoreHeader.PROCESSES, before, taken)) {
      before = region.getIntVolatile(StoreHeader.PROCESSES);
    }
  }

  /** The lowest entries, among which all are that were ever taken. */
  public int everTaken() {
    int taken = region.getIntVolatile(StoreHeader.PROCESSES);
    return taken < 0 || taken > count ? count : taken;
  }

  /** Frees the entry of this process, whose pins must be none. */
  public void leave(int process) {
    unregister(process);
    unlock(process);
  }

  /** Frees the entry of a dead process; under the store's lock, after its pins were cleared. */
  public void unregister(int process) {
    region.putLongVolatile(entry(process) + HABITAT, 0);
    region.putLongVolatile(entry(process) + IDENTITY, 0);
  }

  /**
   * Frees the entries of the dead, while the bookkeeping is torn: it is built anew without them.
   */
  public void forgetDead() {
    for (int process = 0; process < count; process++) {
      if (isDead(process)) {
        clearPins(process);
        unregister(process);
      }
    }
  }

  private long owner(int process) {
    return region.getLongVolatile(entry(process) + IDENTITY);
  }

  public boolean isTaken(int process) {
    return owner(process) != 0;
  }

  /**
   * Whether the entry is taken by a process that is no more. The entry of a dead process stays as
   * it is until somebody frees it under the store's lock.
   */
  public boolean isDead(int process) {
    long owner = owner(process);
    // Its owner may have left, and another come, before the lock was looked at.
    return owner != 0 && !isAlive(process, owner) && owner(process) == owner;
  }

  private boolean isAlive(int process, long owner) {
    if (owner == self) {
      return true;
    }
    if (!Identity.isHeld(owner)) {
      return identity.isAlive(owner, region.getLongVolatile(entry(process) + HABITAT));
    }
    return locks.areThere()
        ? locks.isLockedElsewhere(entry(process), StoreHeader.PROCESS_ENTRY_BYTES)
        : identity.sparesUnseen();
  }

  /** Whether the entry is not that of a process that lives; no entry is nobody's. */
  public boolean isGone(int process) {
    return process >= count || !isTaken(process) || isDead(process);
  }

  /** Whether for some process it cannot be told from here whether it lives. */
  public boolean hasUnseen() {
    for (int process = 0; process < count; process++) {
      if (isUnseen(process, owner(process)) && identity.sparesUnseen()) {
        return true;
      }
    }
    return false;
  }

  private boolean isUnseen(int process, long owner) {
    return Identity.isHeld(owner)
        ? !locks.areThere()
        : owner != 0 && identity.isForeign(region.getLongVolatile(entry(process) + HABITAT));
  }

  public boolean hasDead() {
    for (int process = 0; process < count; process++) {
      if (isDead(process)) {
        return true;
      }
    }
    return false;
  }

  public int taken() {
    int taken = 0;
    for (int process = 0; process < count; process++) {
      taken += isTaken(process) ? 1 : 0;
    }
    return taken;
  }

  /** Whether the process of that identity, found in a lock, still lives. */
  public boolean isHolderAlive(long holder) {
    for (int process = 0; process < count; process++) {
      if (owner(process) == holder) {
        return isAlive(process, holder);
      }
    }
    if (!Identity.isHeld(holder)) {
      return identity.isAlive(holder);
    }
    if (guest) {
      return holder == self;
    }
    return locks.areThere()
        ? locks.isLockedElsewhere(StoreHeader.LOCK, GUEST_BYTES)
        : identity.sparesUnseen();
  }

  public void countCopies(int process, int by) {
    region.addInt(entry(process) + COPIES, by);
  }

  /** Large objects that all processes copy or add up now; those of the dead count until reaped. */
  public int copies() {
    int copies = 0;
    int end = everTaken();
    for (int process = 0; process < end; process++) {
      if (isTaken(process)) {
        copies += Math.max(0, region.getIntVolatile(entry(process) + COPIES));
      }
    }
    return copies;
  }

  /** Counts that a thread of this process is about to sleep. */
  public void countWait() {
    if (own != NONE) {
      region.addInt(entry(own) + WAITS, 1);
    }
  }

  /** How often threads of a process slept. */
  public long waits(int process) {
    return Integer.toUnsignedLong(region.getIntVolatile(entry(process) + WAITS));
  }

  /** Counts a view of this process that nobody closed; returns how many there were. */
  public int countLostView() {
    return region.addInt(entry(own) + LOST_VIEWS, 1);
  }

  /** Views that a process never closed, as far as it found them. */
  public long lostViews(int process) {
    return Integer.toUnsignedLong(region.getIntVolatile(entry(process) + LOST_VIEWS));
  }

  /** The id of the process that has an entry, 0 when nobody has. */
  public int pid(int process) {
    return Identity.pid(owner(process));
  }

  /** Whether an entry is that of this process. */
  public boolean isOwn(int process) {
    return process == own;
  }

  /** Said after a slot was made KEPT by that process: it stays so until all kept ones are freed. */
  public void sayKeeps(int process) {
    if (region.getIntVolatile(entry(process) + KEEPS) == 0) {
      region.putIntVolatile(entry(process) + KEEPS, 1);
    }
  }

  /**
   * Whether some process may keep slots. Asked before all slots are looked at: who makes one KEPT
   * after that says so again, for it looks here afterwards.
   */
  public boolean clearKeeps() {
    boolean any = false;
    for (int process = 0; process < count; process++) {
      if (region.getIntVolatile(entry(process) + KEEPS) != 0) {
        region.putIntVolatile(entry(process) + KEEPS, 0);
        any = true;
      }
    }
    return any;
  }

  public void pin(int process, int slot, int by) {
    region.addInt(pin(process, slot), by);
  }

  /** Views of the object in that slot, in all processes. */
  public int pins(int slot) {
    int sum = 0;
    int end = everTaken();
    for (int process = 0; process < end; process++) {
      if (isTaken(process)) {
        sum += Math.max(0, region.getIntVolatile(pin(process, slot)));
      }
    }
    return sum;
  }

  /** Views that a process has open, of whatever objects. */
  public long views(int process) {
    long sum = 0;
    for (int slot = 0; slot < rows.slots(); slot++) {
      sum += Math.max(0, region.getIntVolatile(pin(process, slot)));
    }
    return sum;
  }

  public void clearPins(int process) {
    // No pin beyond: Reading pins no slot without a row.
    region.memory().asSlice(pin(process, 0), (long) rows.slots() * Integer.BYTES).fill((byte) 0);
  }
}
