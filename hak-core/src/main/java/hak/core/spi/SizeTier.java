package hak.core.spi;

import java.util.function.IntConsumer;

/**
 * Serves a range of size classes with blocks carved from slabs; complete and correct without any
 * cache in front (D9).
 *
 * <p>{@code heap} is held by the calling thread during the call, so the parts of it need no
 * synchronisation; what a tier shares between heaps it synchronises itself. {@link #allocate} and
 * {@link #release} are called from specialised code: their common case is a small leaf, the rest a
 * call.
 *
 * <p>An error of the JVM leaves a tier as it was, and a block that was to be freed too. So the one
 * store that counts is the last of the common case, or it is {@link
 * hak.core.memory.BlockList#push(hak.core.memory.Memory, int, long, long, int)}; the rest begins
 * with {@link hak.core.memory.StackRoom#forBox}, and nothing is allocated on the Java heap between
 * the first change and the last. The other methods are called with room on the stack.
 */
public non-sealed interface SizeTier extends Box {
  /** Stands for a heap in {@link #release} when the thread could not get one. */
  int NO_HEAP = 0;

  /** Prepares the state of a new heap, which is zero; called again if it threw. */
  default void open(int heap) {}

  /** A block of {@code sizeClass}; 0 when the reservation is used up, and then nothing changed. */
  int allocate(int heap, int sizeClass);

  /**
   * Takes back a block that {@link #allocate} returned to any thread and that no cache holds.
   *
   * @param heap the heap held, or {@link #NO_HEAP} when there was no memory for one
   */
  void release(int heap, int sizeClass, int block);

  /**
   * Whether {@link #allocate} is dear enough to take several blocks at once: on a miss of the
   * caches {@link #refill} is called instead.
   */
  default boolean refills() {
    return false;
  }

  /** Serves one block and hands further ones to the caches until they refuse or a batch is done. */
  default int refill(int heap, int sizeClass, BlockSink caches) {
    return allocate(heap, sizeClass);
  }

  /**
   * Whether it has whole lists of free blocks ready: on a miss of caches of which one {@linkplain
   * ThreadCache#adopts adopts}, {@link #handOver} is called in place of {@link #allocate}.
   */
  default boolean handsOver() {
    return false;
  }

  /**
   * A list of free blocks, out of slabs that {@code heap} owns; they are the caller's from now on
   * and come back by {@link #release}. Called with room on the stack.
   *
   * @return the word of a {@link hak.core.memory.BlockList} whose words carry {@link
   *     BoxContext#listRooms}; empty when the reservation is used up, and then nothing changed
   */
  default long handOver(int heap, int sizeClass) {
    throw new UnsupportedOperationException("hands nothing over");
  }

  /** Takes a block into the caches in front of a tier. */
  @FunctionalInterface
  interface BlockSink {
    /** False, and nothing changed, when no cache has room. */
    boolean accept(int heap, int sizeClass, int block);
  }

  /**
   * Takes in what other threads freed; slabs that become empty by that may be given back. Called
   * with {@code heap} held, and also while this tier claims pages for it.
   *
   * @return whether there was anything
   */
  default boolean drain(int heap) {
    return false;
  }

  /**
   * Hands over what it withholds of other heaps: blocks that {@code heap} freed and that lie in
   * their slabs. Called with {@code heap} held, after the caches of the heap were emptied into this
   * tier and before any heap is retired.
   */
  default void handOverWithheld(int heap) {}

  /**
   * Takes in what other threads freed and gives back slabs that hold no block. Called with {@code
   * heap} held, after the caches of the heap were emptied into this tier.
   */
  void retire(int heap);

  /**
   * Gives back the memory behind free blocks, as far as it can tell that nobody needs it: after
   * {@link #retire}, when memory is to go back to the system and not only to the pool.
   *
   * @param heap the heap held; {@link #NO_HEAP} for what belongs to no heap
   */
  default void giveBack(int heap) {}

  /**
   * Visits the free blocks that {@code heap} holds outside of slab descriptors, changing nothing.
   */
  void forEachActive(int heap, int sizeClass, IntConsumer visitor);

  /** How many blocks {@link #forEachActive} would visit; by other threads approximate. */
  int activeCount(int heap, int sizeClass);

  /** Visits what {@link #handOverWithheld} would hand over, changing nothing. */
  default void forEachWithheld(int heap, int sizeClass, IntConsumer visitor) {}

  /** How many blocks {@link #forEachWithheld} would visit; by other threads approximate. */
  default int withheldCount(int heap, int sizeClass) {
    return 0;
  }
}
