package hak.core.spi;

import hak.core.memory.ListRooms;
import java.util.function.IntConsumer;

/**
 * Free blocks that a thread keeps at hand, by size class, in front of the tiers.
 *
 * <p>All state is in the thread heap (see {@link BoxContext#perClass}), and only the thread that
 * holds the heap calls these methods, so nothing is synchronised. {@link #pop} and {@link #push}
 * are the hot path: small leaves that allocate nothing, throw nothing and keep no statistics. A
 * cached block counts as used (D8).
 *
 * <p>A cache may use the whole of a block it holds, which is at least 8 bytes; nothing else touches
 * it meanwhile. Blocks may come from slabs of any thread.
 */
public non-sealed interface ThreadCache extends Box {
  /** Prepares the state of a new heap, which is zero; called again if it threw. */
  default void open(int heap) {}

  /**
   * A new heap is ready: its boxes are open, and {@link BoxContext#front} may be used. Called once
   * for each heap, never again if it throws; the call that needed the heap fails then.
   */
  default void opened(int heap) {}

  /** Takes a block of {@code sizeClass} out; 0 when there is none. */
  int pop(int heap, int sizeClass);

  /** Takes {@code block} in; false, and nothing changed, when there is no room. */
  boolean push(int heap, int sizeClass, int block);

  /** Whether {@link #wanted} is asked at all: where no cache refills, there is no code for it. */
  default boolean refills() {
    return false;
  }

  /**
   * How many blocks it would like from the tier, now that no cache had one; 0 = none. They are
   * offered to {@link #push} one by one until it refuses. A tier that refills by itself decides
   * alone, and this is not asked.
   */
  default int wanted(int heap, int sizeClass) {
    return 0;
  }

  /**
   * Whether it takes in whole lists: of the caches of a stack the first one that does {@link
   * #adopt}s what a tier hands over (see {@link SizeTier#handOver}). Where a cache {@link
   * #refills}, nothing is handed over.
   */
  default boolean adopts() {
    return false;
  }

  /**
   * How many blocks of each class an empty cache that adopts has room for, 0 .. {@link
   * hak.core.memory.BlockList#MOST}: what the lists of the class carry. Always the same one.
   */
  default ListRooms listRooms() {
    return ListRooms.NONE;
  }

  /**
   * Takes in a list, all but the first block, because no block of the class was here; the room for
   * others is as before. Meanwhile there may be some again, of a box that was asked by the tier and
   * has freed blocks. Called with room on the stack, and must not throw: the list is nobody's.
   *
   * @param list the word of a {@link hak.core.memory.BlockList}, not empty, with the room of the
   *     class in {@link #listRooms}; or, if that is turned, one it had before
   * @return the first block of the list, the caller's
   */
  default int adopt(int heap, int sizeClass, long list) {
    throw new UnsupportedOperationException("adopts nothing");
  }

  /** Visits the blocks held, changing nothing. */
  void forEach(int heap, int sizeClass, IntConsumer visitor);

  /** How many blocks are held; may be called by other threads and is then approximate. */
  int blockCount(int heap, int sizeClass);
}
