package hak.store.slots;

import hak.store.ObjectMetadata;
import hak.store.ObjectRef;
import hak.store.ObjectStore;
import hak.store.StoreCorruptException;
import hak.store.copy.Checksum;
import hak.store.file.FreeRows;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import hak.store.file.TableRows;

/**
 * The slot table: one row for each object, the authority on which objects exist. All other
 * bookkeeping follows from it and is built anew after a crash.
 *
 * <pre>
 *    0  state       state, owner, generation, check: StateWord       long
 *    8  offset      of the data, from the start of the data space    long
 *   16  length      bytes of data                                    long
 *   24  checksum    CRC32C of data, length, generation, name         int
 *   28  references  1 after put, with a check: References            int
 *   32  lastUse     nanoseconds, see UseClock; where the store evicts long
 *   40  units       of the data space that it has, 0 = empty object  int
 *   44  extent      row of the extent table, -1 = empty object       int
 *   48  next        next slot of the name's chain                    int
 *   52  lengths     bits 0-7: of the name, 0 = none; bits 8-16: 1 + that of the metadata, 0 = none
 *                                                                    int
 *   56  created     milliseconds since 1970                          long
 * </pre>
 *
 * <p>Each row is one line of memory. The names are in rows of their own behind the table, one for
 * each slot, so that they do not spread the lines of objects that have none:
 *
 * <pre>
 *    0  hash        FNV-1a of the name; nothing without one          int
 *    4  name        UTF-8                                            120 bytes
 * </pre>
 *
 * <p>So is the metadata ({@code MetadataRows}).
 *
 * <p>A slot goes FREE -> ALLOCATED -> SEALED -> DELETING -> FREE, or from ALLOCATED to DELETING
 * when it is given up; SEALED may become MOVING for a while ({@code Mover}). Instead of FREE it may
 * become KEPT, with the space it has, and from there ALLOCATED again or FREE; FREE may become KEPT
 * too. Each arrow is one atomic write of the state; the other fields are written before the arrow
 * that publishes them. Offset, extent and units only change under the store's lock, while it is
 * FREE or MOVING, or by a repair. The generation counts the arrows to ALLOCATED and those from
 * FREE. The owner is the process that allocates, deletes or keeps.
 */
public final class Slots {
  private static final int NAME_BYTES = 120;
  private static final int NAME_LENGTH_MASK = 0xFF;
  private static final int METADATA_SHIFT = 8;
  private static final int METADATA_MASK = 0x1FF;
  private static final int LENGTHS_BITS = 17;
  private static final int NO_METADATA = -1;

  /** What {@link #references} says of a count that is damaged. */
  public static final int DAMAGED = References.DAMAGED;

  /** The most references that an object can have. */
  public static final int MOST_REFERENCES = References.MOST;

  private static final int STATE = 0;
  private static final int OFFSET = 8;
  private static final int LENGTH = 16;
  private static final int CHECKSUM = 24;
  private static final int REFERENCES = 28;
  private static final int LAST_USE = 32;
  private static final int UNITS = 40;
  private static final int EXTENT = 44;
  private static final int NEXT = 48;
  private static final int LENGTHS = 52;
  private static final int CREATED = 56;

  private static final int ONE_REFERENCE = References.word(1);

  private static final int NAME_HASH = 0;
  private static final int NAME = 4;

  static {
    if (CREATED + Long.BYTES > StoreHeader.SLOT_BYTES
        || NAME + NAME_BYTES > StoreHeader.NAME_ROW_BYTES
        || ObjectStore.MAX_NAME_BYTES > NAME_BYTES) {
      throw new ExceptionInInitializerError("slot layout");
    }
  }

  private final Region region;
  private final long base;
  private final long namesBase;
  private final int limit;
  private final int unitShift;
  private final TableRows rows;

  /** The rows that were there when somebody looked last. */
  private int seenCount;

  private final FreeRows free;
  private final MetadataRows metadataRows;

  public Slots(Region region, StoreHeader header) {
    this.region = region;
    base = header.slotsOffset();
    namesBase = header.namesOffset();
    limit = header.objectLimit();
    unitShift = header.units().shift();
    rows = new TableRows(region, header);
    free = new FreeRows(region, header.freeSlotsOffset(), limit);
    metadataRows = new MetadataRows(region, header);
  }

  /** Slots that have rows: none beyond has ever been in use. Fewer than the limit, and may grow. */
  public int count() {
    return rows.slots();
  }

  /** Whether the slot of an object has a row. Any thread; what one saw last does, for rows stay. */
  public boolean hasRow(ObjectRef ref) {
    int slot = SlotRef.slot(ref);
    if (slot >= seenCount) {
      seenCount = count();
    }
    return slot < seenCount;
  }

  /** Most slots that there can be. */
  public int limit() {
    return limit;
  }

  /** How many slots have rows. */
  public TableRows rows() {
    return rows;
  }

  /** Which slots are FREE; under the lock. */
  public FreeRows free() {
    return free;
  }

  public boolean has(int slot) {
    return slot >= 0 && slot < limit;
  }

  private long at(int slot) {
    check(slot);
    return base + (long) slot * StoreHeader.SLOT_BYTES;
  }

  private long nameAt(int slot) {
    check(slot);
    return namesBase + (long) slot * StoreHeader.NAME_ROW_BYTES;
  }

  private void check(int slot) {
    if (slot < 0 || slot >= limit) {
      throw new StoreCorruptException("slot " + slot + " of " + limit);
    }
  }

  public long word(int slot) {
    return region.getLongVolatile(at(slot) + STATE);
  }

  public void word(int slot, long word) {
    region.putLongVolatile(at(slot) + STATE, word);
  }

  public boolean casWord(int slot, long expected, long word) {
    return region.casLong(at(slot) + STATE, expected, word);
  }

  /**
   * Deletes what is said to be allocated by a process that has just been registered: only a damaged
   * file says that, for the entries of the dead are freed after their objects.
   */
  public void disown(int process) {
    for (int slot = 0; slot < count(); slot++) {
      long word = word(slot);
      if (StateWord.state(word) == StateWord.ALLOCATED && StateWord.owner(word) == process) {
        long generation = StateWord.generation(word);
        casWord(slot, word, StateWord.of(StateWord.DELETING, 0, generation));
      }
    }
  }

  public long offset(int slot) {
    return region.getLong(at(slot) + OFFSET);
  }

  /** Writes where the data is, at the end of a move. */
  public void offset(int slot, long offset) {
    region.putLong(at(slot) + OFFSET, offset);
  }

  public long length(int slot) {
    return region.getLong(at(slot) + LENGTH);
  }

  /** Units of the data space that the object has; at least as many as it needs. */
  public int units(int slot) {
    return region.getInt(at(slot) + UNITS);
  }

  /** Bytes of the data space that the object has. */
  public long reserved(int slot) {
    return (long) units(slot) << unitShift;
  }

  /** Whether the data fits into the space that the object has. */
  public boolean isLengthSound(int slot) {
    return hasRoom(slot, length(slot));
  }

  /** Whether the row is of a slot that was never used, but has the sum of an object. */
  public boolean isWiped(int slot, long word) {
    return StateWord.is(StateWord.FREE, word)
        && StateWord.generation(word) == 0
        && checksum(slot) != 0;
  }

  /** Whether so many bytes fit into the space that the object has. */
  public boolean hasRoom(int slot, long length) {
    return length >= 0 && length <= reserved(slot);
  }

  public int checksum(int slot) {
    return region.getInt(at(slot) + CHECKSUM);
  }

  public void checksum(int slot, int checksum) {
    region.putInt(at(slot) + CHECKSUM, checksum);
  }

  /** Whether the object of that generation, whose data has that sum, is as it was sealed. */
  public boolean hasSum(int slot, long generation, int dataSum) {
    return finish(slot, generation, dataSum, name(slot)) == checksum(slot);
  }

  /** The checksum of the object of that generation and name, whose data has that sum. */
  public int finish(int slot, long generation, int dataSum, byte[] name) {
    int metadata = metadataLength(slot);
    byte[] said = metadata == NO_METADATA ? name : metadataRows.readBehind(name, slot, metadata);
    return Checksum.finish(dataSum, length(slot), generation, said);
  }

  /** How many references an object has, {@link #DAMAGED} when that cannot be told. */
  public int references(int slot) {
    return References.count(region.getIntVolatile(at(slot) + REFERENCES));
  }

  public boolean casReferences(int slot, int expected, int references) {
    return region.casInt(
        at(slot) + REFERENCES, References.word(expected), References.word(references));
  }

  /** Writes a count of references over one that is damaged. */
  public void references(int slot, int references) {
    region.putIntVolatile(at(slot) + REFERENCES, References.word(references));
  }

  public long lastUse(int slot) {
    return region.getLong(at(slot) + LAST_USE);
  }

  public void lastUse(int slot, long nanos) {
    region.putLong(at(slot) + LAST_USE, nanos);
  }

  public long created(int slot) {
    return region.getLong(at(slot) + CREATED);
  }

  public int extent(int slot) {
    return region.getInt(at(slot) + EXTENT);
  }

  public void extent(int slot, int extent) {
    region.putInt(at(slot) + EXTENT, extent);
  }

  int next(int slot) {
    return region.getIntVolatile(at(slot) + NEXT);
  }

  void next(int slot, int next) {
    region.putIntVolatile(at(slot) + NEXT, next);
  }

  public boolean hasName(int slot) {
    return nameLength(slot) != 0;
  }

  private int lengths(int slot) {
    return region.getInt(at(slot) + LENGTHS);
  }

  private int nameLength(int slot) {
    return lengths(slot) & NAME_LENGTH_MASK;
  }

  private int metadataLength(int slot) {
    int length = (lengths(slot) >>> METADATA_SHIFT & METADATA_MASK) - 1;
    return length > ObjectMetadata.MAX_BYTES ? NO_METADATA : length;
  }

  /** Whether the object has neither a name nor metadata. */
  public boolean isPlain(int slot) {
    return lengths(slot) == 0;
  }

  /** Where the metadata of a slot is in the file; the row may have no memory yet. */
  public long metadataAt(int slot) {
    return metadataRows.at(slot);
  }

  /** The metadata; none where its length is not believable. */
  public ObjectMetadata metadata(int slot) {
    int length = metadataLength(slot);
    return length == NO_METADATA
        ? ObjectMetadata.NONE
        : ObjectMetadata.decode(metadataRows.read(slot, length));
  }

  /** Writes the metadata of an object that is being written; its row has memory. */
  public void metadata(int slot, ObjectMetadata metadata) {
    byte[] encoded = metadata.encode();
    metadataRows.write(slot, encoded);
    int length = encoded.length - Integer.BYTES;
    region.putInt(at(slot) + LENGTHS, nameLength(slot) | (length + 1) << METADATA_SHIFT);
  }

  public int nameHash(int slot) {
    return region.getInt(nameAt(slot) + NAME_HASH);
  }

  /** The name; empty when there is none or its length is not believable. */
  public byte[] name(int slot) {
    int length = nameLength(slot);
    return length <= 0 || length > NAME_BYTES
        ? Names.NONE
        : region.bytes(nameAt(slot) + NAME, length);
  }

  /** Whether the name is that one, of at least a byte. */
  public boolean isNamed(int slot, byte[] name) {
    return nameLength(slot) == name.length && region.matches(nameAt(slot) + NAME, name);
  }

  /** Whether the name begins so; that of an object without a name with nothing alone. */
  public boolean isNamedFrom(int slot, byte[] prefix) {
    int length = nameLength(slot);
    return prefix.length == 0
        || (prefix.length <= length
            && length <= NAME_BYTES
            && region.matches(nameAt(slot) + NAME, prefix));
  }

  /** Whether two slots have the same name. */
  public boolean hasSameName(int slot, int other) {
    byte[] name = name(slot);
    return name.length > 0 && isNamed(other, name);
  }

  /** Whether the number of bytes of the name is one that can be, and the hash that of the name. */
  public boolean isNameSound(int slot) {
    int length = nameLength(slot);
    return lengths(slot) >>> LENGTHS_BITS == 0
        && (lengths(slot) >>> METADATA_SHIFT) - 1 == metadataLength(slot)
        && length <= ObjectStore.MAX_NAME_BYTES
        && (length == 0 || nameHash(slot) == Names.hash(name(slot)));
  }

  /** Makes lengths and hash those of the name and the metadata, whose bytes are right. */
  public void mendName(int slot) {
    byte[] name = name(slot);
    int metadata = metadataLength(slot);
    region.putInt(at(slot) + LENGTHS, name.length | (metadata + 1) << METADATA_SHIFT);
    if (name.length > 0) {
      region.putInt(nameAt(slot) + NAME_HASH, Names.hash(name));
    }
  }

  /**
   * Writes which part of the data space a free slot has. The length of its last object, which may
   * be more than that, is forgotten: who looks at the slot before it is begun finds an empty one.
   */
  public void place(int slot, long offset, int units, int extent) {
    long at = at(slot);
    region.putLong(at + OFFSET, offset);
    region.putLong(at + LENGTH, 0);
    region.putInt(at + UNITS, units);
    region.putInt(at + EXTENT, extent);
  }

  /** Writes the place of an object anew where it is damaged. */
  public void place(int slot, long offset, int units) {
    long at = at(slot);
    region.putLong(at + OFFSET, offset);
    region.putInt(at + UNITS, units);
  }

  /** Writes what is new with every object. */
  public void begin(int slot, long length) {
    long at = at(slot);
    region.putLong(at + LENGTH, length);
    region.putInt(at + CHECKSUM, 0);
    region.putInt(at + REFERENCES, ONE_REFERENCE);
    region.putLong(at + CREATED, System.currentTimeMillis());
  }

  /** Writes the name; there is no metadata after this. */
  public void name(int slot, byte[] name) {
    region.putInt(at(slot) + LENGTHS, name.length);
    if (name.length > 0) {
      long row = nameAt(slot);
      region.putInt(row + NAME_HASH, Names.hash(name));
      region.putBytes(row + NAME, name);
    }
  }
}
