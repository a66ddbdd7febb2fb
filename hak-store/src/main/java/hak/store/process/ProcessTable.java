package hak.store.process;

import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.file.TableRows;

/**
 * Who has the store open, and what each of them reads.
 *
 * <pre>
 *    0  identity   start time and id of the process, 0 = free entry    long
 *    8  habitat    boot and PID namespace it lives in                  long
 *   16  copies     large objects that it copies or adds up now         int
 *   20  keeps      1 = some slot may be KEPT by it                     int
 * </pre>
 *
 * <p>An entry of 64 bytes is taken by one compare-and-set of its identity. To each belongs a row of
 * pins, one int for each slot: how many views of that object this process has open. So a pin is an
 * atomic add to memory that no other process writes, and the pins of a dead process are known.
 */
public final class ProcessTable {
  private static final int IDENTITY = 0;
  private static final int HABITAT = 8;
  private static final int COPIES = 16;
  private static final int KEEPS = 20;

  private final Region region;
  private final Identity identity;
  private final int count;
  private final long entries;
  private final long pins;
  private final long pinsStride;
  private final TableRows rows;

  public ProcessTable(Region region, StoreHeader header, Identity identity) {
    this.region = region;
    this.identity = identity;
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

  /** Takes an entry for this process; -1 when all are taken. */
  public int register() {
    for (int process = 0; process < count; process++) {
      countEntries(process + 1);
      if (region.casLong(entry(process) + IDENTITY, 0, identity.self())) {
        region.putLongVolatile(entry(process) + HABITAT, identity.habitat());
        region.putIntVolatile(entry(process) + COPIES, 0);
        clearPins(process);
        return process;
      }
    }
    return -1;
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

  /** Frees an entry; its pins must be none. */
  public void unregister(int process) {
    region.putLongVolatile(entry(process) + HABITAT, 0);
    region.putLongVolatile(entry(process) + IDENTITY, 0);
  }

  public boolean isTaken(int process) {
    return region.getLongVolatile(entry(process) + IDENTITY) != 0;
  }

  /** Whether the entry is taken by a process that is no more. */
  public boolean isDead(int process) {
    long owner = region.getLongVolatile(entry(process) + IDENTITY);
    return owner != 0 && !identity.isAlive(owner, region.getLongVolatile(entry(process) + HABITAT));
  }

  /** Whether the entry is not that of a process that lives; no entry is nobody's. */
  public boolean isGone(int process) {
    return process >= count || !isTaken(process) || isDead(process);
  }

  /** Whether some process lives where this one cannot see it. */
  public boolean hasForeigners() {
    for (int process = 0; process < count; process++) {
      if (isTaken(process)
          && identity.isForeign(region.getLongVolatile(entry(process) + HABITAT))) {
        return true;
      }
    }
    return false;
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
      if (region.getLongVolatile(entry(process) + IDENTITY) == holder) {
        return identity.isAlive(holder, region.getLongVolatile(entry(process) + HABITAT));
      }
    }
    return identity.isAlive(holder);
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

  public void clearPins(int process) {
    // No pin beyond: Reading pins no slot without a row.
    region.memory().asSlice(pin(process, 0), (long) rows.slots() * Integer.BYTES).fill((byte) 0);
  }
}
