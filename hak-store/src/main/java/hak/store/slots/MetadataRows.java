package hak.store.slots;

import hak.store.ObjectMetadata;
import hak.store.StoreCorruptException;
import hak.store.file.Region;
import hak.store.file.StoreHeader;
import java.util.Arrays;

/**
 * The metadata of objects, a row for each slot. A row has memory only once an object in its slot
 * had metadata; the slot says whether its object has, so rows of others are never read, which would
 * put memory behind them.
 *
 * <pre>
 *    0  type                                                         int
 *    4  bytes                                                        up to 256
 * </pre>
 */
final class MetadataRows {
  static {
    if (Integer.BYTES + ObjectMetadata.MAX_BYTES > StoreHeader.METADATA_ROW_BYTES) {
      throw new ExceptionInInitializerError("metadata layout");
    }
  }

  private final Region region;
  private final long base;
  private final int limit;

  MetadataRows(Region region, StoreHeader header) {
    this.region = region;
    base = header.metadataOffset();
    limit = header.objectLimit();
  }

  long at(int slot) {
    if (slot < 0 || slot >= limit) {
      throw new StoreCorruptException("slot " + slot + " of " + limit);
    }
    return base + (long) slot * StoreHeader.METADATA_ROW_BYTES;
  }

  /** The type and so many bytes. */
  byte[] read(int slot, int length) {
    return region.bytes(at(slot), Integer.BYTES + length);
  }

  /** A name, and behind it the type and so many bytes. */
  byte[] readBehind(byte[] name, int slot, int length) {
    byte[] row = read(slot, length);
    byte[] both = Arrays.copyOf(name, name.length + row.length);
    System.arraycopy(row, 0, both, name.length, row.length);
    return both;
  }

  /** Writes type and bytes; the row has memory. */
  void write(int slot, byte[] typeAndBytes) {
    region.putBytes(at(slot), typeAndBytes);
  }
}
