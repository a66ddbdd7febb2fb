package hak.core.spi;

/**
 * Serves the sizes above the last size class, each block by itself. Any thread may call; the tier
 * synchronises.
 *
 * <p>It says at which addresses blocks are, so a stack takes it only from a module that was granted
 * native access; our own need none.
 */
public non-sealed interface LargeTier extends Box {
  /** The largest request served, in bytes. */
  long largestBytes();

  /**
   * A block of at least {@code size} bytes whose address is a multiple of {@code alignment}; 0 when
   * there is no memory, and then nothing changed.
   *
   * @param size 1 to {@link #largestBytes}
   * @param alignment a power of two of at least 16
   */
  long allocate(long size, long alignment);

  /**
   * Frees the block at {@code address}; false, and nothing changed, when it is not one of this
   * tier.
   */
  boolean release(long address);

  /** The usable bytes of the block at {@code address}, 0 when it is not one of this tier. */
  long usableSize(long address);

  /**
   * Makes the block at {@code address} {@code newSize} bytes long where it is; false, and nothing
   * changed, when it cannot.
   */
  default boolean resize(long address, long newSize) {
    return false;
  }

  /** Whether fresh blocks are known to be zero. */
  default boolean zeroed() {
    return false;
  }

  /** Gives back memory that is kept for later. */
  default void trim() {}

  /**
   * Drops the content of all blocks but not their addresses: a stale access reads zeros. Called
   * once, at close.
   */
  default void close() {}

  /**
   * Gives up all addresses outside of the reservation. Called once, when nothing can reach the
   * closed stack.
   */
  default void unmap() {}

  /** Blocks in user hands. */
  long liveBlocks();

  /** Bytes asked for by the blocks in user hands. */
  long liveBytes();

  /** Bytes of memory outside of the reservation that this tier has mapped. */
  default long mappedBytes() {
    return 0;
  }

  /** Bytes of {@link #mappedBytes} that have memory behind them now; at most, if it cannot tell. */
  default long residentBytes() {
    return mappedBytes();
  }

  /**
   * The least usable bytes of a block of {@code size} bytes.
   *
   * @param size 1 to {@link #largestBytes}
   */
  default long goodSize(long size) {
    return size;
  }
}
