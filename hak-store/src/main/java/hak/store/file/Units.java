package hak.store.file;

import hak.store.StoreCorruptException;

/**
 * What a data space is measured in: so many bytes that int numbers reach to its end. 64 bytes up to
 * a capacity of 64 GiB, twice as many for each doubling of that. Objects begin at multiples of a
 * unit.
 *
 * @param shift a unit has 2^shift bytes
 */
public record Units(int shift) {
  private static final int LEAST_SHIFT = 6;
  private static final long MOST_UNITS = 1L << 30;

  static Units ofCapacity(long capacityBytes) {
    int shift = LEAST_SHIFT;
    while (capacityBytes >>> shift > MOST_UNITS) {
      shift++;
    }
    return new Units(shift);
  }

  /** Bytes of a unit. */
  public int unitBytes() {
    return 1 << shift;
  }

  /**
   * Units that so many bytes take.
   *
   * @throws StoreCorruptException if no data space of these units has as many bytes
   */
  public int of(long bytes) {
    if (bytes < 0 || bytes > bytes(MOST_UNITS)) {
      throw new StoreCorruptException("a length of " + bytes + " bytes");
    }
    return (int) ((bytes + unitBytes() - 1) >>> shift);
  }

  /** Bytes of so many units. */
  public long bytes(long units) {
    return units << shift;
  }

  /** In which unit a byte is, counted from the begin of the data space. */
  public long at(long offset) {
    return offset >>> shift;
  }

  /** Whether a unit begins there. */
  public boolean isBegin(long offset) {
    return (offset & unitBytes() - 1) == 0;
  }
}
