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
   * Whether blocks of a size fill the memory that they are cut from, also where a program has no
   * others. Where not, a larger tier is asked first, if there is one.
   *
   * @param size 1 to {@link #largestBytes}
   */
  default boolean isDense(long size) {
    return true;
  }

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

  /**
   * As {@link #allocate}, for a block that grows: where it can be made longer in place again, if
   * there is such a place.
   */
  default long allocateToGrow(long size, long alignment) {
    return allocate(size, alignment);
  }

  /**
   * As {@link #allocate}, for a small block at a large alignment (see {@link
   * hak.core.memory.SizeClasses#isSparse}): where the system gives memory in its smallest pages, so
   * that what lies between such blocks has none.
   *
   * @return 0 also when there is no such place: then the block is one among others
   */
  default long allocateSparse(long size, long alignment) {
    return 0;
  }

  /**
   * Whether the block at {@code address} is known to be all zero; asked by who allocated it just
   * now and has not written to it. False when it is not one of this tier.
   */
  default boolean comesZeroed(long address) {
    return false;
  }

  /**
   * The alignment that the block at {@code address} was allocated with, which it keeps when it is
   * moved; 0 when it is not one of this tier.
   */
  default long alignment(long address) {
    return usableSize(address) == 0 ? 0 : 16;
  }

  /** Gives back memory that is kept for later. */
  default void trim() {}

  /**
   * Gives back memory that was kept long enough. Called now and then, by any thread.
   *
   * @param nowNanos the time by {@link System#nanoTime}
   */
  default void decay(long nowNanos) {}

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

  /**
   * Bytes outside of the reservation that this tier has for its blocks, and {@link #freeBytes}.
   * Addresses without a block and without memory do not count.
   */
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

  /** Of {@link #mappedBytes}, those that are no block's and may have memory behind them. */
  default long freeBytes() {
    return 0;
  }
}
