package hak.store.file;

import hak.store.StoreCorruptException;
import hak.store.StoreOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The first page of the file. The upper part is written once, when the file is created; the lower
 * part changes under the store's lock, but for the lock itself.
 *
 * <pre>
 *    0  magic          "HAKSTOR3"                                   8 bytes
 *    8  byteOrder      0x01020304 in the order of the machine       int
 *   12  version        7                                            int
 *   16  objectLimit    slots                                        int
 *   20  processLimit   entries of the process table                 int
 *   24  capacityBytes  most bytes of data                           long
 *   32  growthBytes    step of growth                               long
 *   40  flags          1 = evict                                    int
 *   44  unitBytes      64, or more in larger stores: Units          int
 *   48  storeId        random                                       long
 *   56  dataOffset     where the data begins                        long
 *   64  fileBytes      bytes that are mapped                        long
 *   72  checksum       CRC32C of the 72 bytes before                int
 *
 *  512  lock           identity of the holder, 0 = free             long
 *  520  lockWaiting    1 = somebody may sleep on lockEvents         int
 *  524  lockEvents     counts the wakes                             int
 *  576  changes        odd while the bookkeeping is being changed, and its complement 2 ints
 *  584  committed      bytes of data space that the file holds      long
 *  600  firstExtent    the extent with the lowest address, -1       int
 *  604  lastExtent     the one with the highest                     int
 *  608  usedUnits      units that objects have                      long
 *  616  objects        slots that are not free                      int
 *  624  recoveries     rebuilds so far                              long
 *  632  evictions      objects deleted to make room                 long
 *  640  binMap         bit b = bin b has extents                    4 longs
 *  704  bins           root of the tree of each bin, -1 = none       240 ints
 * 1664  processes      entries of the process table ever in use     int
 * 1668  unfinished     1 = a deletion was left to whoever comes     int
 * 1680  releases       how often memory was given back                long
 * 1688  rows           slots whose rows have memory, and its complement 2 ints
 * 1728  growthLock     as lock, of who makes the file larger        long, 2 ints
 * 1792  replacing      ref of an object that takes another's name, or 0  long
 * 1800  replaced       ref of that other one                        long
 * 1856  moveSlot       1 + slot of the object being moved, 0 = none   int
 * 1864  moveFrom, moveTo, moveDone: see Mover                       3 longs
 *
 * 2048  copy of 0..75, to repair them
 * </pre>
 *
 * @param objectLimit slots
 * @param processLimit entries of the process table
 * @param capacityBytes most bytes of data, a multiple of 4 KiB
 * @param growthBytes step of growth in bytes, a multiple of 4 KiB
 * @param eviction whether a full store deletes what was used least recently
 * @param storeId random number of this store
 */
public record StoreHeader(
    int objectLimit,
    int processLimit,
    long capacityBytes,
    long growthBytes,
    boolean eviction,
    long storeId) {
  static final long MAGIC = 0x3352_4F54_534B_4148L; // "HAKSTOR3", first letter lowest
  static final int BYTE_ORDER = 0x01020304;
  public static final int VERSION = 7;

  /** A line of memory, which tables begin with. */
  public static final int LINE_BYTES = 64;

  public static final int STATIC_BYTES = 76;
  public static final int COPY = 2048;
  static final int HEADER_BYTES = 4096;

  public static final int LOCK = 512;
  public static final int CHANGES = 576;
  public static final int COMMITTED = 584;
  public static final int FIRST_EXTENT = 600;
  public static final int LAST_EXTENT = 604;
  public static final int USED_UNITS = 608;
  public static final int OBJECTS = 616;
  public static final int RECOVERIES = 624;
  public static final int EVICTIONS = 632;
  public static final int BIN_MAP = 640;
  public static final int BINS = 704;
  public static final int BIN_COUNT = 240;
  public static final int PROCESSES = 1664;
  public static final int UNFINISHED = 1668;
  public static final int RELEASES = 1680;
  static final int ROWS = 1688;
  public static final int GROWTH_LOCK = 1728;
  public static final int REPLACING = 1792;
  public static final int REPLACED = 1800;
  public static final int MOVE_SLOT = 1856;
  public static final int MOVE_FROM = 1864;
  public static final int MOVE_TO = 1872;
  public static final int MOVE_DONE = 1880;

  // Rows of the tables behind this page; who reads a table says what is in a row.
  public static final int WAIT_STRIPES = 64;
  public static final int WAIT_STRIPE_BYTES = 64;
  public static final int PROCESS_ENTRY_BYTES = 64;
  public static final int SLOT_BYTES = 64;
  public static final int NAME_ROW_BYTES = 128;
  public static final int EXTENT_BYTES = 32;
  public static final int BRANCH_BYTES = 8;
  public static final int METADATA_ROW_BYTES = 264;

  private static final int EVICT = 1;
  private static final int PAGE = 4096;

  static {
    if (BINS + 4 * BIN_COUNT > PROCESSES
        || ROWS + Long.BYTES > GROWTH_LOCK
        || GROWTH_LOCK + 16 > REPLACING
        || REPLACED + Long.BYTES > MOVE_SLOT
        || MOVE_DONE + Long.BYTES > COPY
        || BIN_MAP + BIN_COUNT / 8 > BINS
        || COPY + STATIC_BYTES > HEADER_BYTES) {
      throw new ExceptionInInitializerError("header layout");
    }
  }

  public static StoreHeader of(StoreOptions options, long storeId) {
    return new StoreHeader(
        options.objectLimit(),
        options.processLimit(),
        align(options.capacityBytes(), PAGE),
        align(options.growthBytes(), PAGE),
        options.eviction(),
        storeId);
  }

  public static long align(long bytes, int to) {
    return (bytes + to - 1) & -(long) to;
  }

  /** What the data space is measured in. */
  public Units units() {
    return Units.ofCapacity(capacityBytes);
  }

  public long waitsOffset() {
    return HEADER_BYTES;
  }

  public long processesOffset() {
    return waitsOffset() + (long) WAIT_STRIPES * WAIT_STRIPE_BYTES;
  }

  public long bucketsOffset() {
    return processesOffset() + (long) processLimit * PROCESS_ENTRY_BYTES;
  }

  /** A power of two, at least as many as objects. */
  public int bucketCount() {
    return Math.max(16, Integer.highestOneBit(objectLimit * 2 - 1));
  }

  public long pinsOffset() {
    return align(bucketsOffset() + 4L * bucketCount(), LINE_BYTES);
  }

  /** Bytes of the pins of one process. */
  public long pinsStride() {
    return align(4L * objectLimit, LINE_BYTES);
  }

  public long slotsOffset() {
    return pinsOffset() + processLimit * pinsStride();
  }

  public long namesOffset() {
    return slotsOffset() + (long) objectLimit * SLOT_BYTES;
  }

  public long extentsOffset() {
    return namesOffset() + (long) objectLimit * NAME_ROW_BYTES;
  }

  public int extentCount() {
    return TableRows.extents(objectLimit);
  }

  /** The branches of the trees of free extents, a row for each extent. */
  public long branchesOffset() {
    return extentsOffset() + (long) extentCount() * EXTENT_BYTES;
  }

  /** A row for each slot, which has memory once some object in it had metadata. */
  public long metadataOffset() {
    return branchesOffset() + (long) extentCount() * BRANCH_BYTES;
  }

  public long freeSlotsOffset() {
    return metadataOffset() + (long) objectLimit * METADATA_ROW_BYTES;
  }

  public long spareExtentsOffset() {
    return freeSlotsOffset() + FreeRows.bytesFor(objectLimit);
  }

  public long dataOffset() {
    return align(spareExtentsOffset() + FreeRows.bytesFor(extentCount()), PAGE);
  }

  long fileBytes() {
    return dataOffset() + capacityBytes;
  }

  /** The upper part of the page. */
  public byte[] toBytes() {
    ByteBuffer b = ByteBuffer.allocate(STATIC_BYTES).order(ByteOrder.nativeOrder());
    b.putLong(MAGIC).putInt(BYTE_ORDER).putInt(VERSION).putInt(objectLimit).putInt(processLimit);
    b.putLong(capacityBytes).putLong(growthBytes).putInt(eviction ? EVICT : 0);
    b.putInt(units().unitBytes());
    b.putLong(storeId).putLong(dataOffset()).putLong(fileBytes());
    b.putInt(checksum(b.array()));
    return b.array();
  }

  /** Whether the checksum of the upper part of a page is that of its bytes. */
  public static boolean isSumRight(byte[] bytes) {
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    return b.getInt(STATIC_BYTES - Integer.BYTES) == checksum(bytes);
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, STATIC_BYTES - Integer.BYTES);
    return (int) crc.getValue();
  }

  /**
   * Reads the upper part; every number is checked.
   *
   * @throws StoreCorruptException saying what is wrong
   */
  public static StoreHeader parse(byte[] bytes, String file) {
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    long magic = b.getLong();
    if (magic == Long.reverseBytes(MAGIC) || b.getInt(8) == Integer.reverseBytes(BYTE_ORDER)) {
      throw new StoreCorruptException(
          file + " was written by a machine of the other byte order; it cannot be read here");
    }
    if (magic != MAGIC || b.getInt() != BYTE_ORDER) {
      throw new StoreCorruptException(file + " is not an object store");
    }
    int version = b.getInt();
    if (version != VERSION) {
      throw new StoreCorruptException(
          file + " is an object store of version " + version + "; this is version " + VERSION);
    }
    if (!isSumRight(bytes)) {
      throw damaged(file, "its checksum is wrong");
    }
    StoreHeader header;
    try {
      int objects = b.getInt();
      int processes = b.getInt();
      long capacity = b.getLong();
      long growth = b.getLong();
      int flags = b.getInt();
      header =
          of(
              StoreOptions.DEFAULT
                  .withCapacityBytes(capacity)
                  .withObjectLimit(objects)
                  .withProcessLimit(processes)
                  .withGrowthBytes(growth)
                  .withEviction((flags & EVICT) != 0),
              b.getLong(48));
    } catch (IllegalArgumentException e) {
      throw damaged(file, e.getMessage());
    }
    if (!Arrays.equals(header.toBytes(), bytes)) {
      throw damaged(file, "its numbers contradict each other");
    }
    return header;
  }

  private static StoreCorruptException damaged(String file, String what) {
    return new StoreCorruptException(
        "the header of " + file + " is damaged: " + what + "; `verify --repair` may restore it");
  }
}
