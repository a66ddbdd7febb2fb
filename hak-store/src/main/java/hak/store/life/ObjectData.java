package hak.store.life;

import hak.store.ObjectRef;
import hak.store.StoreCorruptException;
import hak.store.copy.BulkCopy;
import hak.store.copy.Checksum;
import hak.store.file.CrashPoint;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.file.Units;
import hak.store.process.ProcessTable;
import hak.store.slots.SlotRef;
import hak.store.slots.Slots;
import java.lang.foreign.MemorySegment;

/** The bytes of objects in the mapped file: where they are, how they get there, their sums. */
public final class ObjectData {
  private final Region region;
  private final MemorySegment readOnly;
  private final StoreHeader header;
  private final Units units;
  private final Slots slots;
  private final ProcessTable processes;
  private final UseClock clock;
  private final CrashPoint crash;
  private final long dataOffset;
  private final int self;
  private final int copyThreads;

  /**
   * The data of one process.
   *
   * @param copyThreads most threads that copy one object
   */
  public ObjectData(Tables tables, UseClock clock, int copyThreads, int self, CrashPoint crash) {
    this.clock = clock;
    this.self = self;
    this.copyThreads = Math.min(copyThreads, Runtime.getRuntime().availableProcessors());
    this.crash = crash;
    region = tables.region();
    readOnly = region.memory().asReadOnly();
    header = tables.header();
    units = header.units();
    dataOffset = header.dataOffset();
    slots = tables.slots();
    processes = tables.processes();
  }

  /** The bytes of an object that this process allocated. */
  public MemorySegment writable(ObjectRef ref) {
    return slice(region.memory(), ref);
  }

  /** The bytes of a pinned object, read-only. */
  public MemorySegment readable(ObjectRef ref) {
    clock.use(SlotRef.slot(ref));
    return slice(readOnly, ref);
  }

  private MemorySegment slice(MemorySegment whole, ObjectRef ref) {
    long length = slots.length(SlotRef.slot(ref));
    return whole.asSlice(start(ref, length), length);
  }

  /**
   * Where the data of an object begins in the file.
   *
   * @throws StoreCorruptException when so many bytes are more than the object has, or leave the
   *     data space
   */
  private long start(ObjectRef ref, long length) {
    long offset = slots.offset(SlotRef.slot(ref));
    if (offset < 0
        || !slots.hasRoom(SlotRef.slot(ref), length)
        || offset > header.capacityBytes()
        || length > header.capacityBytes() - offset
        || !units.isBegin(offset)) {
      throw new StoreCorruptException(ref + " claims bytes " + offset + "+" + length);
    }
    return dataOffset + offset;
  }

  /** Copies the data of an object that was allocated for it; returns its sum. */
  public int fill(ObjectRef ref, MemorySegment data) {
    crash.reached();
    // Small data without a segment for the part of the file, which would be garbage.
    long size = data.byteSize();
    int sum =
        size < BulkCopy.LEAST_BYTES
            ? Checksum.copy(data, region.memory(), start(ref, size))
            : bulk(data, writable(ref));
    crash.reached();
    return sum;
  }

  /** Copies data into a part of an object of this process; returns its sum. */
  public int copy(MemorySegment from, MemorySegment to) {
    return bulk(from, to);
  }

  /** The sum of an object's data. */
  public int sum(MemorySegment data) {
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

  /** Copies the data of an object out; whether the copy is what was sealed. */
  public boolean copyIntact(ObjectRef ref, MemorySegment data, MemorySegment to) {
    return slots.hasSum(SlotRef.slot(ref), SlotRef.generation(ref), bulk(data, to));
  }

  /** Whether an object is as it was sealed. */
  public boolean isIntact(ObjectRef ref, MemorySegment data) {
    return slots.hasSum(SlotRef.slot(ref), SlotRef.generation(ref), sum(data));
  }
}
