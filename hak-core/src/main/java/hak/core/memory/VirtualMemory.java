package hak.core.memory;

/**
 * What HAK asks of the operating system. The one implementation calls the kernel; hak.testkit wraps
 * it to fail at the N-th call.
 *
 * <p>Addresses and lengths are multiples of 4 KiB. Any thread may call. A method that returns false
 * or 0 has changed nothing.
 */
public interface VirtualMemory {
  /**
   * Reserves address space without access and without memory behind it; 0 when the system refuses.
   */
  long reserve(long bytes);

  /** Makes reserved memory readable and writable. It reads as zero until it is written. */
  boolean commit(long address, long bytes);

  /** Makes reserved memory readable; it reads as zero and no memory is put behind it. */
  boolean allowRead(long address, long bytes);

  /** Gives the memory behind the range back; the range stays accessible and reads as zero. */
  boolean purge(long address, long bytes);

  /** Maps fresh, readable, writable, zeroed memory; 0 when the system refuses. */
  long map(long bytes);

  /** Unmaps a range that {@link #reserve} or {@link #map} returned, or a part of one. */
  boolean unmap(long address, long bytes);

  /** Asks for huge pages in the range. Advice only. */
  boolean adviseHuge(long address, long bytes);

  /** Asks for no huge pages in the range, where the system would use them unasked. Advice only. */
  boolean adviseSmall(long address, long bytes);

  /**
   * Bytes of a mapped range that have memory behind them now; what is only read so far may count
   * although it is all one page of zeros. -1 when the system does not say.
   */
  long residentBytes(long address, long bytes);

  /**
   * Whether the page at an address of a mapped range is known to have no memory behind it now.
   * Needs no Java heap.
   */
  boolean hasNoMemory(long address);

  /** How many calls were made to the system so far, for the syscalls-per-operation figure. */
  long callCount();
}
