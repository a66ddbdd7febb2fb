package hak.testkit;

import hak.core.memory.BlockList;
import hak.core.memory.Memory;
import hak.core.memory.PageRuns;
import hak.core.memory.PageTable;
import hak.core.memory.PerHeap;
import hak.core.memory.RegionTables;
import hak.core.memory.RemoteFrees;
import hak.core.memory.Reservation;

/**
 * Memory, page table and superslabs without a stack on top: for tests of what lies below the tiers.
 * All of it lies beyond 16 GiB of its reservation, where the upper bit of a ref is set.
 *
 * <p>It has a few cells of 64 bytes that stand for thread heaps.
 */
public final class BarePages implements AutoCloseable {
  /** How many thread heaps there are. */
  public static final int HEAPS = 4;

  private static final int HEAP_BYTES = 64;

  /** Room for what lies before the superslabs: the page descriptors alone are 1/1024 of all. */
  private static final long METADATA_BYTES = 18L << 20;

  private final Reservation reservation;
  private final Memory memory;
  private final RegionTables tables;
  private final RemoteFrees remoteFrees;
  private final int heaps;

  /**
   * Reserves and maps.
   *
   * @param superslabs how many superslabs fit, at most 512
   * @throws OutOfMemoryError if the system refuses
   */
  public BarePages(FailingVirtualMemory system, int superslabs) {
    long dataBytes = (long) superslabs << PageRuns.SUPERSLAB_SHIFT;
    long bytes = UpperHalf.START_BYTES + METADATA_BYTES + dataBytes;
    reservation = Reservation.tryReserve(system, bytes);
    if (reservation == null) {
      throw new OutOfMemoryError("no address space");
    }
    reservation.startAt(UpperHalf.START_BYTES);
    Reservation.Part heapPart = reservation.part((HEAPS + 1) * HEAP_BYTES);
    tables = RegionTables.tryLayOut(reservation);
    if (tables == null || !heapPart.ensure((HEAPS + 1) * HEAP_BYTES)) {
      reservation.unmap();
      throw new OutOfMemoryError("no memory");
    }
    heaps = heapPart.ref() + HEAP_BYTES / Memory.UNIT_BYTES;
    memory = reservation.memory();
    remoteFrees = new RemoteFrees(memory, tables.pages(), new PerHeap(0));
  }

  /** The memory. */
  public Memory memory() {
    return memory;
  }

  /** The page descriptors. */
  public PageTable pages() {
    return tables.pages();
  }

  /** The superslabs; without sources until they are connected. */
  public PageRuns pageRuns() {
    return tables.pageRuns();
  }

  /** Remote frees, their stack of pending slabs at the start of each heap. */
  public RemoteFrees remoteFrees() {
    return remoteFrees;
  }

  /** The ref of a thread heap, numbered from 0. */
  public int heap(int index) {
    return heaps + index * (HEAP_BYTES / Memory.UNIT_BYTES);
  }

  /** Claims and describes a run of {@code count} pages; 0 when there is none. */
  public int claimRun(int count) {
    int page = tables.pageRuns().claim(count);
    return page == 0 ? 0 : pages().describe(page, count, PageTable.RUN, 0, 0, 1);
  }

  /**
   * Claims a page as a slab of {@code heap} with every block carved and handed out.
   *
   * @return its descriptor, 0 when there is no page
   */
  public int claimSlab(int heap, int sizeClass, int blockBytes) {
    int page = tables.pageRuns().claim(1);
    if (page == 0) {
      return 0;
    }
    int capacity = PageTable.PAGE_BYTES / blockBytes;
    int slab = pages().describe(page, 1, PageTable.SLAB, sizeClass, heap, capacity);
    pages().carved(slab, capacity);
    pages().local(slab, BlockList.EMPTY);
    return slab;
  }

  @Override
  public void close() {
    reservation.unmap();
  }
}
