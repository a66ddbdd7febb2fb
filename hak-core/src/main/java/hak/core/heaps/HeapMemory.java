package hak.core.heaps;

import hak.core.memory.Memory;
import hak.core.memory.Reservation;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where thread heaps are: one behind the other, made when they are needed and never given back.
 * Guarded by the registry lock.
 */
final class HeapMemory {
  /**
   * How much later huge pages begin for each thread after the first: a slab of each size class is 4
   * MiB, of which a thread that does little touches a twentieth.
   */
  private static final long SMALL_PAGES_OF_A_THREAD = 8L << 20;

  private final ReentrantLock registry;
  private final Reservation reservation;
  private final Reservation.Part part;
  private final int heapBytes;
  private int count;
  private int ownCount;

  /** Shared heaps that are still to be made, for which room is kept. */
  private int sharedToCome;

  /**
   * No heaps yet.
   *
   * @param heapBytes bytes of a heap, a multiple of 64
   */
  HeapMemory(
      ReentrantLock registry,
      Reservation reservation,
      Reservation.Part part,
      int heapBytes,
      int sharedToCome) {
    this.registry = registry;
    this.reservation = reservation;
    this.part = part;
    this.heapBytes = heapBytes;
    this.sharedToCome = sharedToCome;
  }

  /** How many heaps there are. */
  int count() {
    return count;
  }

  /** A new heap for one thread; 0 when what room there is, is kept, or the system refuses. */
  int newOwn() {
    if ((count + 1L + sharedToCome) * heapBytes > part.limitBytes()) {
      return 0;
    }
    int heap = next();
    if (heap != 0 && ownCount++ > 0) {
      reservation.adviseHugeLater(SMALL_PAGES_OF_A_THREAD);
    }
    return heap;
  }

  /** A new heap for all threads; 0 when the system refuses. */
  int newShared() {
    int heap = next();
    sharedToCome -= heap == 0 ? 0 : 1;
    return heap;
  }

  private int next() {
    assert registry.isHeldByCurrentThread() : "heaps are counted under the lock";
    if (!part.ensure((count + 1L) * heapBytes)) {
      return 0;
    }
    int heap = part.ref() + count * (heapBytes / Memory.UNIT_BYTES);
    count++;
    return heap;
  }
}
