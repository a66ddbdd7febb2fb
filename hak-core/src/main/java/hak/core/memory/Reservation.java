package hak.core.memory;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one range of addresses a stack owns, cut into parts that are committed from the bottom up.
 *
 * <pre>
 *   base                                                                               base + length     base + 32 GiB
 *   | owner table | thread heaps | superslab states | page classes | descriptors | data: superslabs ... | rest | guard |
 *   |  metadata, each part committed in steps of 256 KiB                         | in steps of 16 MiB   |    never     |
 * </pre>
 *
 * <p>All that a ref can name is reserved, however small the region is, so whoever has nothing but
 * {@link #memory} cannot reach what is not the stack's: an access to the rest or the guard faults.
 * Where the system refuses so much, the region alone is reserved and {@link #memory} checks every
 * access against its length.
 *
 * <p>A superslab is numbered by its place: number n begins n * 2 MiB above the base, whatever lies
 * before the data. So its number and its ref follow from each other by a shift, and no ref is ever
 * subtracted from another.
 *
 * <p>Reserved without access and without memory behind it; a part that is never used costs nothing.
 * Few steps mean few mappings in the kernel and few system calls.
 */
public final class Reservation {
  private static final long META_STEP_BYTES = 256L << 10;
  private static final long DATA_STEP_BYTES = 16L << 20;

  /** Room for a field of the last ref. */
  private static final long GUARD_BYTES = 64 << 10;

  private final VirtualMemory virtualMemory;
  private final long base;
  private final long lengthBytes;
  private final long spanBytes;
  private final long mappedStart;
  private final long mappedBytes;
  private final AtomicLong committed = new AtomicLong();
  private final AtomicLong metadata = new AtomicLong();
  private final List<Part> parts = new ArrayList<>();
  private long partEnd;
  private long dataOffset;
  private int firstSuperslab;
  private int superslabLimit;
  private volatile int superslabEnd;
  private Part descriptors;
  private long committedEnd;
  private MemoryLimit limit = MemoryLimit.none();
  private final AtomicLong hugeFromBytes = new AtomicLong(Long.MAX_VALUE);

  private Reservation(
      VirtualMemory virtualMemory,
      long base,
      long lengthBytes,
      long spanBytes,
      long mappedStart,
      long mappedBytes) {
    this.virtualMemory = virtualMemory;
    this.base = base;
    this.lengthBytes = lengthBytes;
    this.spanBytes = spanBytes;
    this.mappedStart = mappedStart;
    this.mappedBytes = mappedBytes;
  }

  /**
   * Reserves what refs can name, of which {@code lengthBytes} are used; when the system refuses
   * that, {@code lengthBytes} and nothing else; null when it refuses that as well.
   *
   * @param lengthBytes a multiple of 2 MiB, at most {@link Memory#REF_SPAN_BYTES}
   */
  public static Reservation tryReserve(VirtualMemory virtualMemory, long lengthBytes) {
    return tryReserve(virtualMemory, lengthBytes, Long.MAX_VALUE);
  }

  /**
   * As {@link #tryReserve(VirtualMemory, long)}, but not all that refs can name where that is more
   * than {@code mostBytes}.
   */
  public static Reservation tryReserve(
      VirtualMemory virtualMemory, long lengthBytes, long mostBytes) {
    if (takenForAllRefs() <= mostBytes) {
      Reservation all = reserve(virtualMemory, lengthBytes, Memory.REF_SPAN_BYTES + GUARD_BYTES);
      if (all != null) {
        return all;
      }
    }
    return reserve(virtualMemory, lengthBytes, lengthBytes);
  }

  /** Address space that is taken, for a moment, to reserve so much. */
  public static long takenFor(long bytes) {
    return bytes + PageRuns.SUPERSLAB_BYTES;
  }

  /** As {@link #takenFor}, to reserve all that refs can name. */
  public static long takenForAllRefs() {
    return takenFor(Memory.REF_SPAN_BYTES + GUARD_BYTES);
  }

  private static Reservation reserve(
      VirtualMemory virtualMemory, long lengthBytes, long spanBytes) {
    long slack = PageRuns.SUPERSLAB_BYTES;
    long raw = virtualMemory.reserve(takenFor(spanBytes));
    if (raw == 0) {
      return null;
    }
    long base = Round.up(raw, slack);
    long end = base + spanBytes;
    long rawEnd = raw + spanBytes + slack;
    // What stands out is given back; what the system keeps is unmapped with the rest.
    long mappedStart = base == raw || virtualMemory.unmap(raw, base - raw) ? base : raw;
    long mappedEnd = end == rawEnd || virtualMemory.unmap(end, rawEnd - end) ? end : rawEnd;
    return new Reservation(
        virtualMemory, base, lengthBytes, spanBytes, mappedStart, mappedEnd - mappedStart);
  }

  /** A part of the metadata, committed as far as it was asked for. */
  public final class Part {
    private final long offset;
    private final long limitBytes;
    private long committedBytes;

    private Part(long offset, long limitBytes) {
      this.offset = offset;
      this.limitBytes = limitBytes;
    }

    /** The ref of the first byte of the part. */
    public int ref() {
      return Memory.refOfOffset(offset);
    }

    /** Bytes of the part. */
    public long limitBytes() {
      return limitBytes;
    }

    /** Makes the whole part readable, as zeros; false when the system refuses. */
    public boolean allowRead() {
      return virtualMemory.allowRead(base + offset, limitBytes);
    }

    private long residentBytes() {
      long bytes;
      synchronized (this) {
        bytes = committedBytes;
      }
      return Reservation.this.residentBytes(offset, bytes);
    }

    /**
     * Makes the first {@code bytes} of the part usable; false when the system refuses, with nothing
     * changed.
     */
    public synchronized boolean ensure(long bytes) {
      if (bytes <= committedBytes) {
        return true;
      }
      long target = Math.min(limitBytes, metadataStep(bytes));
      long step = target - committedBytes;
      if (bytes > limitBytes || !limit.tryTakeMetadata(step)) {
        return false;
      }
      if (!virtualMemory.commit(base + offset + committedBytes, step)) {
        limit.give(step);
        return false;
      }
      committedBytes = target;
      committed.addAndGet(step);
      metadata.addAndGet(step);
      return true;
    }
  }

  /**
   * Leaves the first {@code bytes} unused, a multiple of 2 MiB: for tests of refs that are large.
   * Before the first part only.
   */
  public void startAt(long bytes) {
    partEnd = bytes;
  }

  /** So many bytes of a part of the metadata, as they are committed. */
  public static long metadataStep(long bytes) {
    return Round.up(bytes, META_STEP_BYTES);
  }

  /** Says how much memory may be held; before the first part only. */
  public void limitTo(MemoryLimit most) {
    limit = most;
  }

  /** How much memory may be held. */
  MemoryLimit limit() {
    return limit;
  }

  /** Cuts the next part off; before {@link #openData} only. */
  public Part part(long limitBytes) {
    long rounded = Round.up(limitBytes, PageTable.PAGE_BYTES);
    Part part = new Part(partEnd, rounded);
    partEnd += rounded;
    parts.add(part);
    return part;
  }

  /** Fixes where data begins: after the last part, at a superslab. */
  public void openData(Part descriptorPart) {
    descriptors = descriptorPart;
    dataOffset = Round.up(partEnd, PageRuns.SUPERSLAB_BYTES);
    firstSuperslab = (int) (dataOffset >> PageRuns.SUPERSLAB_SHIFT);
    superslabLimit = (int) (lengthBytes >> PageRuns.SUPERSLAB_SHIFT);
    superslabEnd = firstSuperslab;
    committedEnd = dataOffset;
  }

  /**
   * Makes one more superslab usable. The caller holds the growth lock.
   *
   * @param beforeVisible runs before the superslab is counted
   * @return false when the reservation is used up or the system refuses, with nothing changed
   */
  boolean addSuperslab(Runnable beforeVisible) {
    int number = superslabEnd;
    if (number == superslabLimit) {
      return false;
    }
    long end = (number + 1L) << PageRuns.SUPERSLAB_SHIFT;
    if (!descriptors.ensure((end >> PageTable.PAGE_SHIFT) * PageTable.DESCRIPTOR_BYTES)) {
      return false;
    }
    if (end > committedEnd
        && !commitData(DATA_STEP_BYTES)
        && !commitData(PageRuns.SUPERSLAB_BYTES)) {
      return false;
    }
    beforeVisible.run();
    superslabEnd = number + 1;
    return true;
  }

  private boolean commitData(long stepBytes) {
    long limit = (long) superslabLimit << PageRuns.SUPERSLAB_SHIFT;
    long step = Math.min(stepBytes, limit - committedEnd);
    if (!virtualMemory.commit(base + committedEnd, step)) {
      return false;
    }
    adviseHuge(committedEnd - dataOffset, step);
    committedEnd += step;
    committed.addAndGet(step);
    return true;
  }

  /**
   * Asks for huge pages where data has grown enough to be worth them: fewer faults and fewer misses
   * of the translation cache, at up to 2 MiB of memory that a small program would not have touched.
   * What is refused stays as it is.
   */
  private void adviseHuge(long start, long bytes) {
    long from = Math.max(start, hugeFromBytes.get());
    if (from < start + bytes) {
      virtualMemory.adviseHuge(base + dataOffset + from, start + bytes - from);
    }
  }

  /** Says from which byte of data on huge pages are asked for; before data grows. */
  public void adviseHugeFrom(long dataBytes) {
    hugeFromBytes.set(dataBytes / PageRuns.SUPERSLAB_BYTES * PageRuns.SUPERSLAB_BYTES);
  }

  /** Puts the beginning of huge pages off, in what data grows by from now on. Any thread. */
  public void adviseHugeLater(long bytes) {
    hugeFromBytes.addAndGet(bytes);
  }

  /** Gives the memory behind a range of data back; it reads as zero afterwards. */
  boolean purge(long address, long bytes) {
    return virtualMemory.purge(address, bytes);
  }

  /** Drops all data, keeping the addresses: what a stale pointer reads afterwards is zero. */
  public void dropData() {
    if (committedEnd > dataOffset) {
      virtualMemory.purge(base + dataOffset, committedEnd - dataOffset);
    }
  }

  /** Unmaps everything. Nothing may touch the range afterwards. */
  public void unmap() {
    virtualMemory.unmap(mappedStart, mappedBytes);
  }

  /** Whether all that a ref can name is reserved; else {@link #memory} checks every access. */
  public boolean spansAllRefs() {
    return spanBytes >= Memory.SPAN_BYTES;
  }

  /** The door to what is reserved, and to nothing else. */
  public Memory memory() {
    long bytes = Math.min(spanBytes, Memory.SPAN_BYTES);
    return new Memory(base, MemorySegment.ofAddress(base).reinterpret(bytes));
  }

  /** Whether an address is in what is used of it. */
  public boolean contains(long address) {
    return Long.compareUnsigned(address - base, lengthBytes) < 0;
  }

  /** The address of ref 0. */
  public long base() {
    return base;
  }

  /** Bytes from the base to the end of data. */
  public long lengthBytes() {
    return lengthBytes;
  }

  /** Bytes from the base to the first superslab. */
  public long dataOffset() {
    return dataOffset;
  }

  /** Number of the first superslab. */
  public int firstSuperslab() {
    return firstSuperslab;
  }

  /** One more than the number of the last superslab that fits. */
  public int superslabLimit() {
    return superslabLimit;
  }

  /** One more than the number of the last superslab taken so far. */
  public int superslabEnd() {
    return superslabEnd;
  }

  /** Bytes made accessible so far, metadata and data. */
  public long committedBytes() {
    return committed.get();
  }

  /** Bytes of metadata that have memory behind them now; at most, where the system does not say. */
  public long residentMetadataBytes() {
    long resident = 0;
    for (Part part : parts) {
      resident += part.residentBytes();
    }
    return resident;
  }

  /**
   * Bytes of a range of superslabs that have memory behind them now; at most, where the system does
   * not say.
   *
   * @param first number of the first
   * @param end one more than the number of the last; all of them taken before
   */
  public long residentDataBytes(int first, int end) {
    long offset = (long) first << PageRuns.SUPERSLAB_SHIFT;
    return residentBytes(offset, ((long) end << PageRuns.SUPERSLAB_SHIFT) - offset);
  }

  private long residentBytes(long offset, long bytes) {
    long resident = bytes == 0 ? 0 : virtualMemory.residentBytes(base + offset, bytes);
    return resident >= 0 ? resident : bytes;
  }

  /** Bytes of metadata made accessible so far. */
  public long metadataBytes() {
    return metadata.get();
  }
}
